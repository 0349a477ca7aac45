package dev.tritontube.web.backups;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.blobs.RingBlobs;
import dev.tritontube.web.blobs.RingBlobs.Listed;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.cluster.LostCluster;
import java.util.Collection;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// The ring of a cluster whose catalog is lost.
public record RingRestore(Database database, RingBlobs ring, LostCluster cluster)
    implements Restore.Ring {
  @Override
  public Blobs blobs() {
    return ring;
  }

  @Override
  public int scan(String prefix, Consumer<Listed> sink) throws BlobException {
    return ring.scan(prefix, sink).size();
  }

  @Override
  public Layout enter(Handle transaction, Collection<NodeId> nodes) {
    return cluster.enter(transaction, database.jdbi(), nodes);
  }
}
