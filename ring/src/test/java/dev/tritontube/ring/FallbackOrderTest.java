package dev.tritontube.ring;

import static dev.tritontube.ring.Nodes.node;
import static dev.tritontube.ring.Nodes.nodes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FallbackOrderTest {
  @Test
  void hasEveryOtherNodeOnce() {
    long seed = Seeds.announce(getClass());
    for (int round = 0; round < 200; round++) {
      RandomClusters clusters = new RandomClusters(Seeds.random(seed, round));
      List<LayoutNode> nodes = clusters.nodes(3, 9);
      Layout joint =
          Solver.plan(Solver.first("c", 4, 3, nodes), clusters.changed(nodes, 3))
              .steps()
              .getFirst()
              .joint();
      for (int arc = 0; arc < joint.arcs(); arc++) {
        checkOrder(joint, arc, Seeds.of(seed, round));
      }
    }
  }

  private static void checkOrder(Layout layout, int arc, String seed) {
    List<LayoutNode> fallbacks = layout.fallbacks(arc);
    Set<LayoutNode> owners = new HashSet<>(layout.owners(arc));
    owners.addAll(layout.nextOwners(arc));
    Set<LayoutNode> others = new HashSet<>(layout.nodes());
    others.removeAll(owners);
    assertEquals(others, new HashSet<>(fallbacks), seed);
    assertEquals(others.size(), fallbacks.size(), seed);
    Set<String> taken = owners.stream().map(LayoutNode::zone).collect(Collectors.toSet());
    List<Integer> ranks = new ArrayList<>();
    fallbacks.forEach(node -> ranks.add(rank(node, taken)));
    assertEquals(ranks.stream().sorted().toList(), ranks, seed);
  }

  private static int rank(LayoutNode node, Set<String> taken) {
    return (node.state() == NodeState.ACTIVE ? 0 : 2) + (taken.contains(node.zone()) ? 1 : 0);
  }

  @Test
  void theOrderOfTheOthersDoesNotDependOnANode() {
    Layout ten = Solver.first("c", 6, 3, nodes(10));
    Layout eleven = ten.withNodes(nodes(11));
    for (int arc = 0; arc < ten.arcs(); arc++) {
      List<LayoutNode> rest = new ArrayList<>(eleven.fallbacks(arc));
      assertTrue(rest.remove(node(11)));
      assertEquals(ten.fallbacks(arc), rest);
    }
  }

  @Test
  void aNodeIsFirstInProportionToItsWeight() {
    List<LayoutNode> nodes = new ArrayList<>(nodes(3));
    nodes.add(node(4, "default", 1_000));
    nodes.add(node(5, "default", 3_000));
    Layout layout = Solver.first("c", 14, 3, nodes(3)).withNodes(nodes);
    int heavyFirst = 0;
    for (int arc = 0; arc < layout.arcs(); arc++) {
      heavyFirst += layout.fallbacks(arc).getFirst().equals(node(5, "default", 3_000)) ? 1 : 0;
    }
    assertEquals(0.75, (double) heavyFirst / layout.arcs(), 0.02);
  }

  @Test
  void threeNodesWithThreeReplicasHaveNone() {
    assertEquals(List.of(), Solver.first("c", 4, 3, nodes(3)).fallbacks(0));
    assertFalse(Solver.first("c", 4, 3, nodes(4)).fallbacks(0).isEmpty());
  }
}
