package dev.tritontube.web.steering;

import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.LayoutPlan;
import dev.tritontube.ring.NodeId;
import java.util.List;
import java.util.Map;

/// What a change would move.
///
/// @param estimatedBytes what the moving replicas would hold if all arcs held the same
public record PlanReport(LayoutPlan plan, long estimatedBytes) {
  public record Share(LayoutNode node, int arcsBefore, int arcsAfter) {}

  public int steps() {
    return plan.moves().isEmpty() ? 0 : plan.steps().size();
  }

  public List<Share> shares() {
    Map<NodeId, Integer> before = plan.from().ownedCounts();
    Map<NodeId, Integer> after = plan.target().ownedCounts();
    return plan.target().nodes().stream()
        .map(
            node ->
                new Share(
                    node, before.getOrDefault(node.id(), 0), after.getOrDefault(node.id(), 0)))
        .toList();
  }
}
