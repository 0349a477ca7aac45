package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the replicas that are missing. Thread-safe.
final class UnderReplicated {
  private static final Logger LOG = LoggerFactory.getLogger(UnderReplicated.class);

  /// Where counting stops.
  private static final int COUNTED = 1_000_000;

  private final NodeControl control;
  private final NodeMonitor monitor;
  private final NodeStore store;

  UnderReplicated(NodeControl control, NodeMonitor monitor, NodeStore store) {
    this.control = control;
    this.monitor = monitor;
    this.store = store;
  }

  /// Asks the nodes what is on record as missing. Zero means that nothing is: while an owner was
  /// not compared with the others since a node was given up with its records, it is not zero.
  ///
  /// @return a lower bound while nodes do not answer, or while owners are in doubt
  long count(Layout layout) throws InterruptedException {
    Set<MissingReplica> distinct = new HashSet<>();
    Fan.out(monitor.snapshot().reachable(), this::recordedBy).stream()
        .flatMap(List::stream)
        .filter(replica -> layout.owns(replica.node(), layout.arcOf(replica.key())))
        .map(replica -> new MissingReplica(replica.key(), replica.node(), false, 0))
        .forEach(distinct::add);
    return Math.max(distinct.size(), anyOwnerInDoubt(layout) ? 1 : 0);
  }

  private List<MissingReplica> recordedBy(NodeView holder) {
    try {
      return control.missing(holder.node().address(), Optional.empty(), COUNTED);
    } catch (NodeCallException e) {
      LOG.info("{}", e.getMessage());
      return List.of();
    }
  }

  private boolean anyOwnerInDoubt(Layout layout) {
    Set<NodeId> members = layout.nodes().stream().map(LayoutNode::id).collect(Collectors.toSet());
    return store.inDoubt(members).stream().anyMatch(node -> !layout.arcsOwnedBy(node).isEmpty());
  }
}
