package dev.tritontube.node.replication;

import dev.tritontube.node.membership.Membership;
import dev.tritontube.node.peers.Peer;
import dev.tritontube.node.peers.Peers;
import dev.tritontube.node.peers.Throttle;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replaces blobs that were found corrupt by a peer's copy, one after the other, in the background.
/// What does not fit the queue or cannot be repaired now is found again by the next read or
/// arc-sync.
public final class ReadRepair implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadRepair.class);
  private static final int QUEUED = 256;

  private final Membership membership;
  private final Peers peers;
  private final NodeBlobs blobs;
  private final BlockingQueue<BlobKey> queue = new ArrayBlockingQueue<>(QUEUED);
  private final Set<BlobKey> underWay = ConcurrentHashMap.newKeySet();
  private final Thread worker;

  public ReadRepair(Membership membership, NodeBlobs blobs, Peers peers) {
    this.membership = membership;
    this.peers = peers;
    this.blobs = blobs;
    this.worker = Thread.ofVirtual().name("read-repair").unstarted(this::work);
  }

  public void start() {
    worker.start();
  }

  /// Never blocks.
  public void corrupt(BlobKey key) {
    if (underWay.add(key) && !queue.offer(key)) {
      underWay.remove(key);
    }
  }

  private void work() {
    try {
      while (true) {
        BlobKey key = queue.take();
        repair(key);
        underWay.remove(key);
      }
    } catch (InterruptedException | InterruptedIOException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void repair(BlobKey key) throws InterruptedIOException {
    try {
      Copies copies =
          membership.layout().isEmpty() ? Copies.FAILED : copy(key, membership.layout().get());
      LOG.info("read repair of {}: {}", key, copies.failed() == 0 ? "done" : "no copy to be had");
    } catch (InterruptedIOException stopped) {
      throw stopped;
    } catch (IOException | RuntimeException failure) {
      LOG.warn("read repair of {} failed", key, failure);
    }
  }

  private Copies copy(BlobKey key, Layout layout) throws IOException {
    List<Peer> others =
        layout.nodes().stream()
            .filter(node -> !node.id().equals(membership.nodeId()))
            .filter(node -> layout.owns(node.id(), layout.arcOf(key)))
            .map(node -> peers.at(node.address()))
            .toList();
    return new Copier(blobs).copy(key, layout.epoch(), others, Throttle.NONE);
  }

  @Override
  public void close() {
    worker.interrupt();
  }
}
