package dev.tritontube.web.cluster;

import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the nodes have on record as missing on others, as it was read at one moment. Immutable.
///
/// @param layout that says who owns what
record Records(Layout layout, List<Held> all) {
  private static final Logger LOG = LoggerFactory.getLogger(Records.class);

  /// Records that are worked off at once, a node.
  private static final int AT_ONCE = 10_000;

  /// A record, and the node that has it.
  record Held(NodeView holder, MissingReplica replica) {}

  /// Asks all nodes that can be reached and may have something on record. What a node does not say
  /// is read the next time.
  static Records read(NodeControl control, Layout layout, NodeMonitor.Snapshot nodes)
      throws InterruptedException {
    List<NodeView> holders =
        nodes.reachable().stream()
            .filter(view -> view.notes() > 0 || !nodes.away().isEmpty())
            .toList();
    return new Records(
        layout,
        Fan.out(holders, holder -> heldBy(control, holder, nodes)).stream()
            .flatMap(List::stream)
            .toList());
  }

  /// Where there are more than are worked off at once, those about nodes that are down do not keep
  /// the others waiting.
  private static List<Held> heldBy(
      NodeControl control, NodeView holder, NodeMonitor.Snapshot nodes) {
    List<Held> some = heldBy(control, holder, Optional.empty());
    if (some.size() < AT_ONCE) {
      return some;
    }
    Stream<Held> ofReachable =
        nodes.reachable().stream()
            .map(view -> Optional.of(view.node().id()))
            .flatMap(target -> heldBy(control, holder, target).stream());
    return Stream.concat(some.stream(), ofReachable).distinct().toList();
  }

  private static List<Held> heldBy(NodeControl control, NodeView holder, Optional<NodeId> target) {
    try {
      return control.missing(holder.node().address(), target, AT_ONCE).stream()
          .map(replica -> new Held(holder, replica))
          .toList();
    } catch (NodeCallException e) {
      LOG.info("{}", e.getMessage());
      return List.of();
    }
  }

  /// What a node is to get.
  Records about(NodeId target) {
    return new Records(
        layout,
        all.stream()
            .filter(record -> record.replica().node().equals(target) && !isMoot(record.replica()))
            .toList());
  }

  /// What a node has on record that nobody needs any more: the one it names does not own the arc.
  Records mootAt(NodeId holder) {
    return new Records(
        layout,
        all.stream()
            .filter(record -> record.holder().node().id().equals(holder))
            .filter(record -> isMoot(record.replica()))
            .toList());
  }

  /// Those that other nodes have.
  Records without(Set<NodeId> holders) {
    return new Records(
        layout,
        all.stream().filter(record -> !holders.contains(record.holder().node().id())).toList());
  }

  private boolean isMoot(MissingReplica replica) {
    return !layout.owns(replica.node(), layout.arcOf(replica.key()));
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  ArcSet arcs() {
    Set<Integer> arcs = new HashSet<>();
    all.forEach(record -> arcs.add(layout.arcOf(record.replica().key())));
    return ArcSet.where(layout.arcs(), arcs::contains);
  }

  /// Has their holders drop them. A holder that does not answer keeps them: they are read again.
  void clear(NodeControl control) {
    Map<String, List<MissingReplica>> byHolder = new LinkedHashMap<>();
    for (Held record : all) {
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
}
