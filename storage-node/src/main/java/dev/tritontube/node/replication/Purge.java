package dev.tritontube.node.replication;

import dev.tritontube.node.engine.HashRange;
import dev.tritontube.node.engine.ListedBlob;
import dev.tritontube.node.membership.Membership;
import dev.tritontube.ring.ArcRange;
import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.Layout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Forgets what this node holds in arcs that it does not own, but for what is parked here for other
/// nodes. Stops as soon as another layout is installed. Safe to interrupt and to run again.
public final class Purge {
  private static final int AT_ONCE = 32;

  private final Membership membership;
  private final NodeBlobs blobs;
  private final Disposal disposal;

  public Purge(Membership membership, NodeBlobs blobs) {
    this.membership = membership;
    this.blobs = blobs;
    this.disposal = new Disposal(membership, blobs);
  }

  /// @param blobs live ones that were forgotten
  /// @param bytes of them
  public record Purged(long blobs, long bytes) {
    Purged plus(Purged other) {
      return new Purged(blobs + other.blobs, bytes + other.bytes);
    }
  }

  /// @param layout the settled layout that is current
  public Purged run(Layout layout) throws IOException {
    ArcSet all = ArcSet.of(List.of(new ArcRange(0, layout.arcs() - 1)));
    ArcWindows windows = new ArcWindows(all.without(layout.arcsOwnedBy(membership.nodeId())));
    Purged sum = new Purged(0, 0);
    try (ExecutorService workers =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("purge-", 0).factory())) {
      while (windows.hasNext() && membership.epoch() == layout.epoch()) {
        List<ListedBlob> found = list(windows.next(), layout);
        windows.saw(found.size());
        sum = sum.plus(forget(found, layout, workers));
      }
    }
    return sum;
  }

  private List<ListedBlob> list(List<ArcRange> window, Layout layout) throws IOException {
    List<ListedBlob> found = new ArrayList<>();
    for (ArcRange range : window) {
      blobs
          .store()
          .list(HashRange.ofArcs(range.first(), range.last(), layout.arcBits()), true, found::add);
    }
    return found;
  }

  private Purged forget(List<ListedBlob> found, Layout layout, ExecutorService workers)
      throws IOException {
    List<Callable<Purged>> tasks = new ArrayList<>(found.size());
    for (ListedBlob blob : found) {
      tasks.add(() -> forget(blob, layout));
    }
    try {
      Purged sum = new Purged(0, 0);
      for (Future<Purged> task : workers.invokeAll(tasks)) {
        sum = sum.plus(task.get());
      }
      return sum;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while purging");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("purging", failed.getCause());
    }
  }

  private Purged forget(ListedBlob blob, Layout layout) throws IOException {
    boolean forgotten = disposal.forget(blob.key(), newest -> newest.epoch() == layout.epoch());
    return forgotten && !blob.tombstone() ? new Purged(1, blob.length()) : new Purged(0, 0);
  }
}
