package dev.tritontube.web.steering;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.Solver;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who owns what.
///
/// @param shares one for each node of the layout, in its order
/// @param change the one that runs
public record RingReport(Layout layout, List<Share> shares, Optional<ChangeReport> change) {
  public RingReport {
    shares = List.copyOf(shares);
  }

  /// @param arcs of which it has a replica, or is to have one when a change runs
  /// @param quota how many its weight says
  public record Share(LayoutNode node, int arcs, int quota) {}

  static List<Share> shares(Layout layout) {
    Map<NodeId, Integer> owned = layout.ownedCounts();
    Map<NodeId, Integer> quotas =
        layout.joint() ? owned : Solver.plan(layout, layout.nodes()).quotas();
    return layout.nodes().stream()
        .map(
            node ->
                new Share(
                    node, owned.getOrDefault(node.id(), 0), quotas.getOrDefault(node.id(), 0)))
        .toList();
  }
}
