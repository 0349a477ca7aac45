package dev.tritontube.web;

import dev.tritontube.web.admin.AdminServer;
import dev.tritontube.web.admin.Door;
import dev.tritontube.web.backups.Recovery;
import dev.tritontube.web.backups.Restore;
import dev.tritontube.web.backups.RingRestore;
import dev.tritontube.web.blobs.NodeChannels;
import dev.tritontube.web.blobs.NodeHealth;
import dev.tritontube.web.blobs.RingBlobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.AssetStore;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.PieceStore;
import dev.tritontube.web.cluster.LostCluster;
import dev.tritontube.web.originals.RingOriginals;
import dev.tritontube.web.packaging.Packaging;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A web server between its start on an empty catalog and the moment when somebody has that
/// restored.
///
/// @param cluster that the storage nodes belong to
record LostCatalog(
    Database database,
    NodeChannels channels,
    LostCluster cluster,
    RandomGenerator random,
    InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger(LostCatalog.class);
  private static final Duration HEALTH_CHECKS = Duration.ofSeconds(1);

  /// Waits until the catalog is restored.
  ///
  /// @throws IOException when the port is taken
  void await(InetSocketAddress admin, Door door) throws IOException, InterruptedException {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (NodeHealth health = new NodeHealth(channels, cluster, meters, clock)) {
      health.start(HEALTH_CHECKS);
      RingBlobs ring = new RingBlobs(cluster, channels, health, meters, random);
      RingOriginals originals =
          new RingOriginals(ring, new AssetStore(database), new PieceStore(database));
      try (Packaging packaging =
          new Packaging(
              database, ring, originals, Packaging.Settings.usual(Duration.ZERO), clock)) {
        Restore restore =
            new Restore(
                database,
                new RingRestore(database, ring, cluster),
                new Encodings(packaging),
                clock);
        await(admin, door, new Recovery(database, cluster, restore));
      }
    } finally {
      meters.close();
    }
  }

  private void await(InetSocketAddress admin, Door door, Recovery recovery)
      throws IOException, InterruptedException {
    try (AdminServer desk = AdminServer.start(admin, door, recovery)) {
      LOG.warn(
          "the catalog is empty, and the storage nodes belong to cluster {}: waiting on admin port"
              + " {} for 'admin restore'",
          cluster.current().clusterId(),
          desk.port());
      recovery.await();
    }
  }

  private record Encodings(Packaging packaging) implements Restore.Encodings {
    @Override
    public void beginAnew(Handle transaction, AssetId asset) {
      packaging.beginAnew(transaction, asset);
    }

    @Override
    public void goOn(Handle transaction) {
      packaging.planAll(transaction);
    }
  }
}
