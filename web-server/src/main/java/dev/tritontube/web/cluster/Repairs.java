package dev.tritontube.web.cluster;

import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings nodes up to date: those that were away get all arcs they own synchronised, and whoever is
/// on record as missing a blob gets the arcs of those blobs. One web server does this at a time.
///
/// Why a record may be cleared: it was read *before* a pass of arc-sync began, that pass listed the
/// node which has the record (and which holds the blob, or its tombstone), and nothing failed. Then
/// the missing replica is there. A record that was made again since it was read stays: it may be
/// about a tombstone that came after the pass had gone by.
///
/// For one thread.
final class Repairs {
  private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

  /// Records that are worked off at once, a node.
  private static final int AT_ONCE = 10_000;

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  private final NodeControl control;
  private final NodeMonitor monitor;
  private final InstantSource clock;
  private final Map<NodeId, Retry> retries = new HashMap<>();

  /// Nodes that returned while a change was running, when nothing may be purged.
  private final Set<NodeId> unpurged = ConcurrentHashMap.newKeySet();

  Repairs(NodeControl control, NodeMonitor monitor, InstantSource clock) {
    this.control = control;
    this.monitor = monitor;
    this.clock = clock;
  }

  private record Retry(Instant at, Duration after) {}

  /// A record, and the address of the node that has it.
  private record Holding(NodeView holder, MissingReplica replica) {}

  /// Does what can be done now.
  ///
  /// @param layout the newest
  /// @param quiet no change of layout is running
  void run(Layout layout, boolean quiet) throws InterruptedException {
    NodeMonitor.Snapshot nodes = monitor.snapshot();
    List<Holding> records = records(nodes);
    boolean settled = quiet && !layout.joint();
    if (settled) {
      clear(records.stream().filter(record -> isMoot(layout, record.replica())).toList());
      purgeReturned(layout, nodes);
    }
    Fan.out(
            due(nodes),
            target -> {
              boolean done = repair(layout, target, of(target, layout, records), nodes, settled);
              return new Outcome(target.node().id(), done);
            })
        .forEach(this::reschedule);
  }

  private record Outcome(NodeId node, boolean done) {}

  /// Nobody needs this replica there any more.
  private static boolean isMoot(Layout layout, MissingReplica replica) {
    return !layout.owns(replica.node(), layout.arcOf(replica.key()));
  }

  private List<Holding> records(NodeMonitor.Snapshot nodes) throws InterruptedException {
    List<NodeView> holders =
        nodes.reachable().stream()
            .filter(view -> view.notes() > 0 || !nodes.away().isEmpty())
            .toList();
    return Fan.out(holders, view -> missing(view, nodes)).stream().flatMap(List::stream).toList();
  }

  /// Where there are more than are worked off at once, those about nodes that are down do not keep
  /// the others waiting.
  private List<Holding> missing(NodeView holder, NodeMonitor.Snapshot nodes) {
    List<Holding> some = missing(control, holder, Optional.empty(), AT_ONCE);
    if (some.size() < AT_ONCE) {
      return some;
    }
    Stream<Holding> ofReachable =
        nodes.reachable().stream()
            .map(view -> Optional.of(view.node().id()))
            .flatMap(target -> missing(control, holder, target, AT_ONCE).stream());
    return Stream.concat(some.stream(), ofReachable).distinct().toList();
  }

  private static List<Holding> missing(
      NodeControl control, NodeView holder, Optional<NodeId> target, int atMost) {
    try {
      return control.missing(holder.node().address(), target, atMost).stream()
          .map(replica -> new Holding(holder, replica))
          .toList();
    } catch (NodeCallException e) {
      LOG.info("{}", e.getMessage());
      return List.of();
    }
  }

  private List<NodeView> due(NodeMonitor.Snapshot nodes) {
    Instant now = clock.instant();
    return nodes.reachable().stream()
        .filter(
            view -> {
              Retry retry = retries.get(view.node().id());
              return retry == null || !retry.at().isAfter(now);
            })
        .toList();
  }

  private static List<Holding> of(NodeView target, Layout layout, List<Holding> records) {
    return records.stream()
        .filter(record -> record.replica().node().equals(target.node().id()))
        .filter(record -> !isMoot(layout, record.replica()))
        .toList();
  }

  private boolean repair(
      Layout layout,
      NodeView target,
      List<Holding> records,
      NodeMonitor.Snapshot nodes,
      boolean settled) {
    boolean whole = nodes.away().contains(target.node().id());
    if (!whole && records.isEmpty()) {
      return true;
    }
    try {
      ArcSet arcs = whole ? layout.arcsOwnedBy(target.node().id()) : arcsOf(layout, records);
      SyncProgress pass =
          arcs.isEmpty()
              ? SyncProgress.NONE
              : control.sync(target.node().address(), arcs, layout.epoch(), _ -> {});
      LOG.info(
          "node {} took {} blobs, {} bytes and {} tombstones; {} failed",
          target.node().id(),
          pass.copiedBlobs(),
          pass.copiedBytes(),
          pass.copiedTombstones(),
          pass.failed());
      if (pass.failed() > 0) {
        return false;
      }
      clear(
          records.stream()
              .filter(record -> !pass.unreachable().contains(record.holder().node().id()))
              .toList());
      return !whole || finish(layout, target, pass, settled);
    } catch (NodeCallException e) {
      LOG.info("{}", e.getMessage());
      return false;
    }
  }

  /// Ends the return of a node. While it was away its arcs may have gone to others: it forgets
  /// them, so that what is deleted there meanwhile cannot come back from here.
  private boolean finish(Layout layout, NodeView target, SyncProgress pass, boolean settled)
      throws NodeCallException {
    if (pass.unreachable().size() > WriteQuorum.dispensable(layout)) {
      return false;
    }
    if (settled) {
      control.purgeUnowned(target.node().address(), layout.epoch());
    } else {
      unpurged.add(target.node().id());
    }
    monitor.broughtUpToDate(target.node().id(), target.instance().orElseThrow(), layout.epoch());
    return true;
  }

  /// Makes up for the purges that had to wait for the end of a change.
  private void purgeReturned(Layout layout, NodeMonitor.Snapshot nodes) {
    for (NodeView view : nodes.reachable()) {
      if (unpurged.contains(view.node().id())) {
        try {
          control.purgeUnowned(view.node().address(), layout.epoch());
          unpurged.remove(view.node().id());
        } catch (NodeCallException e) {
          LOG.info("{}", e.getMessage());
        }
      }
    }
  }

  private void clear(List<Holding> records) {
    Map<String, List<MissingReplica>> byHolder = new LinkedHashMap<>();
    for (Holding record : records) {
      byHolder
          .computeIfAbsent(record.holder().node().address(), _ -> new ArrayList<>())
          .add(record.replica());
    }
    byHolder.forEach(
        (address, replicas) -> {
          try {
            control.clearMissing(address, replicas);
          } catch (NodeCallException e) {
            LOG.info("{}", e.getMessage());
          }
        });
  }

  private void reschedule(Outcome outcome) {
    if (outcome.done()) {
      retries.remove(outcome.node());
      return;
    }
    Retry before = retries.get(outcome.node());
    Duration after =
        before == null
            ? FIRST_RETRY
            : before.after().multipliedBy(2).compareTo(LAST_RETRY) > 0
                ? LAST_RETRY
                : before.after().multipliedBy(2);
    retries.put(outcome.node(), new Retry(clock.instant().plus(after), after));
  }

  private static ArcSet arcsOf(Layout layout, List<Holding> records) {
    Set<Integer> arcs = new HashSet<>();
    records.forEach(record -> arcs.add(layout.arcOf(record.replica().key())));
    return ArcSet.where(layout.arcs(), arcs::contains);
  }
}
