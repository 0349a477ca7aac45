package dev.tritontube.ring;

import static dev.tritontube.ring.Nodes.node;
import static dev.tritontube.ring.Nodes.nodes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A node shares arcs with most others, so that all of them help to replace it.
class SpreadTest {
  @Test
  void everyNodeHasManyPartners() {
    Layout first = Solver.first("spread", 14, 3, nodes(60));
    assertTrue(fewestPartners(first, nodes(60)) > 50);
    assertTrue(fewestPartners(Solver.plan(first, nodes(61)).target(), nodes(61)) > 50);
    List<LayoutNode> fewer = nodes(60).subList(0, 57);
    assertTrue(fewestPartners(Solver.plan(first, fewer).target(), fewer) > 50);
  }

  @Test
  void aNewNodeTakesFromAllOthersAlike() {
    Layout first = Solver.first("spread", 14, 3, nodes(10));
    LayoutPlan plan = Solver.plan(first, nodes(11));
    for (LayoutNode old : nodes(10)) {
      int lost = plan.steps().getFirst().joint().arcsLostBy(old.id()).size();
      assertTrue(Math.abs(lost - plan.moves().size() / 10) <= 2, old + " gave " + lost);
    }
    assertTrue(plan.quotas().containsKey(node(11).id()));
  }

  private static int fewestPartners(Layout layout, List<LayoutNode> nodes) {
    return nodes.stream().mapToInt(node -> partners(layout, node)).min().orElseThrow();
  }

  private static int partners(Layout layout, LayoutNode node) {
    Set<LayoutNode> partners = new HashSet<>();
    layout.arcsOwnedBy(node.id()).stream().forEach(arc -> partners.addAll(layout.owners(arc)));
    return partners.size() - 1;
  }
}
