package dev.tritontube.ring;

import static dev.tritontube.ring.Nodes.node;
import static dev.tritontube.ring.Nodes.nodes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutPlanTest {
  private static final Layout THREE = Solver.first("c", 14, 3, nodes(3));

  @Test
  void addingANodeMovesOnlyWhatItIsToOwn() {
    LayoutPlan plan = Solver.plan(THREE, nodes(4));
    assertEquals(12_288, plan.moves().size());
    assertEquals(12_288, plan.minimumMoves());
    assertEquals(1, plan.steps().size());
    assertTrue(plan.moves().stream().allMatch(move -> move.destination().equals(node(4).id())));
    assertEquals(12_288, plan.steps().getFirst().joint().arcsGainedBy(node(4).id()).size());
  }

  @Test
  void drainingANodeMovesOnlyWhatItOwned() {
    Layout four = Solver.first("c", 14, 3, nodes(4));
    LayoutPlan plan = Solver.plan(four, with(nodes(4), node(2).withState(NodeState.DRAINING)));
    assertEquals(12_288, plan.moves().size());
    assertTrue(plan.moves().stream().allMatch(move -> move.source().equals(node(2).id())));
    assertEquals(0, plan.quotas().get(node(2).id()));
    assertTrue(plan.target().arcsOwnedBy(node(2).id()).isEmpty());
    assertEquals(NodeState.DRAINING, plan.target().node(node(2).id()).orElseThrow().state());
  }

  @Test
  void lostNodeStaysInJointLayoutsAndIsGoneAtTheEnd() {
    Layout four = Solver.first("c", 14, 3, nodes(4));
    LayoutPlan plan = Solver.plan(four, nodes(3));
    Layout joint = plan.steps().getFirst().joint();
    assertEquals(NodeState.DRAINING, joint.node(node(4).id()).orElseThrow().state());
    assertEquals(12_288, joint.arcsLostBy(node(4).id()).size());
    assertTrue(plan.target().node(node(4).id()).isEmpty());
    assertFalse(plan.quotas().containsKey(node(4).id()));
  }

  @Test
  void aBalancedLayoutStaysAsItIs() {
    LayoutPlan plan = Solver.plan(THREE, nodes(3));
    assertEquals(List.of(), plan.moves());
    assertEquals(1, plan.steps().size());
    assertTrue(plan.steps().getFirst().joint().joint());
    assertEquals(3, plan.target().epoch());
    for (int arc = 0; arc < THREE.arcs(); arc++) {
      assertEquals(THREE.owners(arc), plan.target().owners(arc));
    }
  }

  @Test
  void aPlanThatMovesTwoReplicasOfAnArcHasTwoSteps() {
    LayoutPlan plan = Solver.plan(THREE, nodes(5).subList(2, 5));
    assertEquals(2, plan.steps().size());
    checkSteps(plan);
  }

  @Test
  void everyNodeReplacedTakesOneStepAReplica() {
    LayoutPlan plan = Solver.plan(THREE, nodes(6).subList(3, 6));
    assertEquals(3, plan.steps().size());
    assertEquals(3 * THREE.arcs(), plan.moves().size());
    checkSteps(plan);
  }

  @Test
  void stepsOfRandomPlansFollowEachOther() {
    long seed = Seeds.announce(getClass());
    for (int round = 0; round < 300; round++) {
      RandomClusters clusters = new RandomClusters(Seeds.random(seed, round));
      List<LayoutNode> before = clusters.nodes(3, 9);
      Layout first = Solver.first("c", 6, 3, before);
      checkSteps(Solver.plan(first, clusters.changed(before, 3)));
    }
  }

  @Test
  void refusesToPlanFromAJointLayout() {
    Layout joint = Solver.plan(THREE, nodes(4)).steps().getFirst().joint();
    assertThrows(IllegalArgumentException.class, () -> Solver.plan(joint, nodes(4)));
  }

  @Test
  void refusesFewerActiveNodesThanReplicas() {
    List<LayoutNode> two = with(nodes(3), node(1).withState(NodeState.DRAINING));
    assertThrows(TooFewNodesException.class, () -> Solver.plan(THREE, two));
    assertThrows(TooFewNodesException.class, () -> Solver.first("c", 4, 3, nodes(2)));
  }

  @Test
  void refusesANodeThatIsThereTwice() {
    List<LayoutNode> twice = List.of(node(1), node(2), node(3), node(3));
    assertThrows(IllegalArgumentException.class, () -> Solver.first("c", 4, 3, twice));
  }

  private static void checkSteps(LayoutPlan plan) {
    Layout before = plan.from();
    int moved = 0;
    for (LayoutPlan.Step step : plan.steps()) {
      assertEquals(before.epoch() + 1, step.joint().epoch());
      assertEquals(before.epoch() + 2, step.settled().epoch());
      assertFalse(step.settled().joint());
      for (int arc = 0; arc < before.arcs(); arc++) {
        assertEquals(ids(before.owners(arc)), ids(step.joint().owners(arc)));
        assertEquals(step.joint().nextOwners(arc), step.settled().owners(arc));
        moved += step.joint().isMoving(arc) ? 1 : 0;
      }
      before = step.settled();
    }
    assertEquals(plan.moves().size(), moved);
    assertEquals(plan.target(), before);
  }

  private static Set<NodeId> ids(List<LayoutNode> nodes) {
    Set<NodeId> ids = new HashSet<>();
    nodes.forEach(node -> ids.add(node.id()));
    return ids;
  }

  private static List<LayoutNode> with(List<LayoutNode> nodes, LayoutNode replacement) {
    return nodes.stream()
        .map(node -> node.id().equals(replacement.id()) ? replacement : node)
        .toList();
  }
}
