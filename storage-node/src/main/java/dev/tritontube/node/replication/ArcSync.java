package dev.tritontube.node.replication;

import dev.tritontube.node.engine.BlobStore;
import dev.tritontube.node.engine.HashRange;
import dev.tritontube.node.peers.Peer;
import dev.tritontube.node.peers.Peers;
import dev.tritontube.node.peers.Throttle;
import dev.tritontube.ring.ArcRange;
import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Arc-sync, the one mechanism behind rejoining, adding, draining and repair: takes the union of
/// what all other nodes hold in some arcs and pulls what this node lacks, tombstones included.
///
/// Goes window by window of arcs, so that memory is bounded; a few copies are under way at once.
/// Stopping it anywhere, also by killing the process, is safe: what was copied is found by the next
/// run. Thread-safe; a run ends with an `InterruptedIOException` soon after its thread is
/// interrupted.
public final class ArcSync {
  private static final Logger LOG = LoggerFactory.getLogger(ArcSync.class);
  private static final int COPIES_AT_ONCE = 4;

  private final NodeId self;
  private final NodeBlobs blobs;
  private final Peers peers;

  public ArcSync(NodeId self, NodeBlobs blobs, Peers peers) {
    this.self = self;
    this.blobs = blobs;
    this.peers = peers;
  }

  /// What to do.
  ///
  /// @param layout whose other nodes are the sources
  public record Request(ArcSet arcs, Layout layout, Throttle throttle) {}

  /// @param progress told after each window, the last time with what is returned
  /// @throws IOException when this node cannot list or store; the peers' failures are in the report
  public SyncReport run(Request request, Consumer<SyncReport> progress) throws IOException {
    ExecutorService copies =
        Executors.newFixedThreadPool(
            COPIES_AT_ONCE, Thread.ofVirtual().name("arc-sync-", 0).factory());
    try {
      return new Run(request, copies).go(progress);
    } finally {
      copies.shutdownNow();
      copies.close();
    }
  }

  private final class Run {
    private final Request request;
    private final ExecutorService copies;
    private final Copier copier = new Copier(blobs);
    private final Map<NodeId, Peer> sources = new LinkedHashMap<>();
    private final Set<NodeId> unreachable = new HashSet<>();

    Run(Request request, ExecutorService copies) {
      this.request = request;
      this.copies = copies;
      for (LayoutNode node : request.layout().nodes()) {
        if (!node.id().equals(self)) {
          sources.put(node.id(), peers.at(node.address()));
        }
      }
    }

    SyncReport go(Consumer<SyncReport> progress) throws IOException {
      SyncReport report = SyncReport.start(request.arcs().size());
      ArcWindows windows = new ArcWindows(request.arcs());
      while (windows.hasNext()) {
        List<ArcRange> window = windows.next();
        Lacking lacking = compare(window);
        windows.saw(lacking.entries());
        Copies copied = pull(lacking);
        long arcs = window.stream().mapToLong(ArcRange::size).sum();
        report = report.plus(arcs, copied, unreachable);
        progress.accept(report);
      }
      return report;
    }

    private Lacking compare(List<ArcRange> window) throws IOException {
      Lacking lacking = new Lacking();
      BlobStore store = blobs.store();
      for (ArcRange range : window) {
        store.list(
            HashRange.ofArcs(range.first(), range.last(), request.layout().arcBits()),
            true,
            lacking::own);
      }
      for (Map.Entry<NodeId, Peer> source : sources.entrySet()) {
        if (!unreachable.contains(source.getKey())) {
          list(source.getKey(), source.getValue(), window, lacking);
        }
      }
      return lacking;
    }

    /// A node that fails once is not asked again in this run: the caller comes back.
    private void list(NodeId node, Peer peer, List<ArcRange> window, Lacking lacking)
        throws InterruptedIOException {
      try {
        peer.list(window, blob -> lacking.other(peer, blob));
      } catch (InterruptedIOException interrupted) {
        throw interrupted;
      } catch (IOException failure) {
        LOG.info("arc-sync goes on without node {}: {}", node, failure.getMessage());
        unreachable.add(node);
      }
    }

    private Copies pull(Lacking lacking) throws IOException {
      List<Callable<Copies>> tasks = new ArrayList<>();
      for (BlobKey key : lacking.tombstones()) {
        tasks.add(() -> bury(key));
      }
      for (Map.Entry<BlobKey, List<Peer>> blob : lacking.blobs().entrySet()) {
        tasks.add(
            () ->
                copier.copy(
                    blob.getKey(), request.layout().epoch(), blob.getValue(), request.throttle()));
      }
      return sum(tasks);
    }

    private Copies bury(BlobKey key) throws IOException {
      blobs.delete(key, request.layout().epoch(), List.of());
      return Copies.TOMBSTONE;
    }

    private Copies sum(List<Callable<Copies>> tasks) throws IOException {
      try {
        Copies sum = Copies.NONE;
        for (Future<Copies> task : copies.invokeAll(tasks)) {
          sum = sum.plus(task.get());
        }
        return sum;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while copying arcs");
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new IllegalStateException("copying arcs", failed.getCause());
      }
    }
  }
}
