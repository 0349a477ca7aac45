package dev.tritontube.web.cluster;

import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings nodes up to date: those that were away get all arcs they own synchronised, and whoever is
/// on record as missing a blob gets the arcs of those blobs. One web server does this at a time.
/// Each node is worked on by itself: one that does not answer keeps no other waiting.
///
/// Why a record may be cleared: it was read *before* a pass of arc-sync began, that pass listed the
/// node which has the record (and which holds the blob, or its tombstone), and nothing failed. Then
/// the missing replica is there. A record that was made again since it was read stays: it may be
/// about a tombstone that came after the pass had gone by.
///
/// `run` is for one thread.
final class Repairs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  private final NodeControl control;
  private final NodeMonitor monitor;
  private final InstantSource clock;
  private final ExecutorService threads;
  private final Map<NodeId, Retry> retries = new ConcurrentHashMap<>();

  /// Nodes that are being worked on.
  private final Set<NodeId> busy = ConcurrentHashMap.newKeySet();

  /// Nodes that returned while a change was running, when nothing may be purged.
  private final Set<NodeId> unpurged = ConcurrentHashMap.newKeySet();

  /// @param threads one for each node that is worked on; closed with this
  Repairs(NodeControl control, NodeMonitor monitor, InstantSource clock, ExecutorService threads) {
    this.control = control;
    this.monitor = monitor;
    this.clock = clock;
    this.threads = threads;
  }

  private record Retry(Instant at, Duration after) {}

  /// What was known when work on a node began.
  ///
  /// @param whole the node was away: it gets everything that it owns
  /// @param settled no arcs move, so what nobody needs may go
  private record Work(NodeView node, Records records, boolean whole, boolean settled) {
    NodeId id() {
      return node.node().id();
    }

    String address() {
      return node.node().address();
    }

    Layout layout() {
      return records.layout();
    }
  }

  /// Begins what can be done now.
  ///
  /// @param layout the newest
  /// @param quiet no change of layout is running
  void run(Layout layout, boolean quiet) throws InterruptedException {
    NodeMonitor.Snapshot nodes = monitor.snapshot();
    List<NodeView> due = nodes.reachable().stream().filter(this::isDue).toList();
    if (due.isEmpty()) {
      return;
    }
    Records records = Records.read(control, layout, nodes);
    for (NodeView node : due) {
      boolean whole = nodes.away().contains(node.node().id());
      begin(new Work(node, records, whole, quiet && !layout.joint()));
    }
  }

  private boolean isDue(NodeView node) {
    Retry retry = retries.get(node.node().id());
    return !busy.contains(node.node().id())
        && (retry == null || !retry.at().isAfter(clock.instant()));
  }

  private void begin(Work work) {
    busy.add(work.id());
    threads.execute(
        () -> {
          try {
            reschedule(work.id(), attempt(work));
          } finally {
            busy.remove(work.id());
          }
        });
  }

  private boolean attempt(Work work) {
    try {
      if (work.settled()) {
        work.records().mootAt(work.id()).clear(control);
        purgeReturned(work);
      }
      return repair(work);
    } catch (NodeCallException e) {
      LOG.info("{}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.warn("repairing node {} failed and is tried again", work.id(), e);
      return false;
    }
  }

  private boolean repair(Work work) throws NodeCallException {
    Records lacking = work.records().about(work.id());
    if (!work.whole() && lacking.isEmpty()) {
      return true;
    }
    SyncProgress pass =
        sync(work, work.whole() ? work.layout().arcsOwnedBy(work.id()) : lacking.arcs());
    if (pass.failed() > 0) {
      return false;
    }
    lacking.without(pass.unreachable()).clear(control);
    return !work.whole() || finish(work, pass);
  }

  private SyncProgress sync(Work work, ArcSet arcs) throws NodeCallException {
    if (arcs.isEmpty()) {
      return SyncProgress.NONE;
    }
    SyncProgress pass = control.sync(work.address(), arcs, work.layout().epoch(), _ -> {});
    LOG.info(
        "node {} took {} blobs, {} bytes and {} tombstones; {} failed",
        work.id(),
        pass.copiedBlobs(),
        pass.copiedBytes(),
        pass.copiedTombstones(),
        pass.failed());
    return pass;
  }

  /// Ends the return of a node. While it was away its arcs may have gone to others: it forgets
  /// them, so that what is deleted there meanwhile cannot come back from here.
  private boolean finish(Work work, SyncProgress pass) throws NodeCallException {
    if (pass.unreachable().size() > WriteQuorum.dispensable(work.layout())) {
      return false;
    }
    if (work.settled()) {
      control.purgeUnowned(work.address(), work.layout().epoch());
    } else {
      unpurged.add(work.id());
    }
    monitor.broughtUpToDate(work.id(), work.node().instance().orElseThrow(), work.layout().epoch());
    return true;
  }

  /// Makes up for a purge that had to wait for the end of a change.
  private void purgeReturned(Work work) throws NodeCallException {
    if (unpurged.contains(work.id())) {
      control.purgeUnowned(work.address(), work.layout().epoch());
      unpurged.remove(work.id());
    }
  }

  private void reschedule(NodeId node, boolean done) {
    if (done) {
      retries.remove(node);
    } else {
      retries.merge(
          node,
          retry(FIRST_RETRY),
          (before, _) -> {
            Duration longer = before.after().multipliedBy(2);
            return retry(longer.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : longer);
          });
    }
  }

  private Retry retry(Duration after) {
    return new Retry(clock.instant().plus(after), after);
  }

  /// Breaks off what is under way: all of it may be done again.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
