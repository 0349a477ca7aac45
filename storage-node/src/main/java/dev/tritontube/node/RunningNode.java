package dev.tritontube.node;

import dev.tritontube.node.engine.DataFolder;
import dev.tritontube.node.engine.VolumeBlobStore;
import dev.tritontube.node.grpc.NodeServer;
import dev.tritontube.node.membership.Announcer;
import dev.tritontube.node.membership.Membership;
import dev.tritontube.node.metrics.MetricsEndpoint;
import dev.tritontube.node.metrics.StoreMetrics;
import dev.tritontube.node.peers.GrpcPeers;
import dev.tritontube.node.replication.NodeBlobs;
import dev.tritontube.node.replication.ReadRepair;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A storage node from its start to its stop: everything it is made of, in order.
public final class RunningNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningNode.class);
  private static final Duration DRAIN = Duration.ofSeconds(5);

  /// Closes one part.
  private interface Part {
    void close() throws IOException;
  }

  private final Deque<Part> parts = new ArrayDeque<>();
  private int port;

  private RunningNode() {}

  /// @throws IOException when it cannot start, with a message for the person who started it;
  ///   nothing is left running then
  public static RunningNode start(NodeConfig config) throws IOException {
    RunningNode node = new RunningNode();
    try {
      node.assemble(config);
      return node;
    } catch (IOException | RuntimeException failure) {
      node.close();
      throw failure;
    }
  }

  private void assemble(NodeConfig config) throws IOException {
    InetSocketAddress address = config.listenAddress();
    DataFolder folder = closedLast(DataFolder.open(config.data()), DataFolder::close);
    VolumeBlobStore store =
        closedLast(VolumeBlobStore.open(folder, config.storeOptions()), VolumeBlobStore::close);
    PrometheusMeterRegistry metrics =
        closedLast(
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), PrometheusMeterRegistry::close);
    CompletableFuture<NodeServer> started = new CompletableFuture<>();
    Membership membership =
        Membership.load(
            new FolderIdentity(folder),
            config.data().resolve("layouts"),
            () -> started.thenAccept(NodeServer::serving));
    GrpcPeers peers = closedLast(new GrpcPeers(), GrpcPeers::close);
    NodeBlobs blobs = new NodeBlobs(store);
    ReadRepair repair = closedLast(new ReadRepair(membership, blobs, peers), ReadRepair::close);
    StoreMetrics.register(metrics, blobs, membership);
    if (config.metricsPort() > 0) {
      closedLast(
          MetricsEndpoint.start(address.getAddress(), config.metricsPort(), metrics),
          MetricsEndpoint::close);
    }
    repair.start();
    NodeServer server =
        closedLast(
            NodeServer.start(
                address,
                new NodeServer.Parts(membership, blobs, peers, repair, config.zone()),
                metrics),
            running -> running.stop(DRAIN));
    port = server.port();
    started.complete(server);
    announce(config, membership, peers);
    tellPort(config, membership);
  }

  /// A node that listens on every address has none that others could be told.
  private void announce(NodeConfig config, Membership membership, GrpcPeers peers)
      throws IOException {
    if (!config.listenAddress().getAddress().isAnyLocalAddress()) {
      closedLast(
          Announcer.start(membership, peers, GrpcPeers.address(config.host(), port)),
          Announcer::close);
    }
  }

  private void tellPort(NodeConfig config, Membership membership) throws IOException {
    LOG.info(
        "storage node {} listens on {}:{}, data in {}, epoch {}",
        membership.nodeId(),
        config.host(),
        port,
        config.data(),
        membership.epoch());
    if (config.portFile().isPresent()) {
      Path file = config.portFile().get();
      Path partial = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(partial, port + "\n", StandardCharsets.US_ASCII);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private interface Closing<T> {
    void close(T part) throws IOException;
  }

  private <T> T closedLast(T part, Closing<T> closing) {
    parts.push(() -> closing.close(part));
    return part;
  }

  /// The gRPC port.
  public int port() {
    return port;
  }

  /// Drains and closes, in the reverse order of the start.
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (IOException failure) {
        LOG.warn("closing", failure);
      }
    }
  }
}
