package dev.tritontube.web.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import dev.tritontube.web.blobs.WritePlan.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WritePlanTest {
  private static final int ARC = 5;

  private static List<LayoutNode> nodes(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new NodeId("%016x".formatted(i)))
        .map(id -> new LayoutNode(id, "127.0.0.1:1", "zone", 1, NodeState.ACTIVE))
        .toList();
  }

  private static Layout layout(int count) {
    return Solver.first("cluster", 6, 3, nodes(count));
  }

  private static NodeId owner(Layout layout, int index) {
    return layout.owners(ARC).get(index).id();
  }

  @Test
  void sendsToTheOwners() {
    Layout layout = layout(5);
    WritePlan plan = WritePlan.of(layout, ARC, _ -> true);
    assertEquals(layout.owners(ARC), plan.targets().stream().map(Target::node).toList());
    assertTrue(plan.targets().stream().allMatch(target -> target.hintFor().isEmpty()));
    assertTrue(plan.missing().isEmpty());
  }

  @Test
  void everyOwnerThatIsDownHasItsOwnStandIn() {
    Layout layout = layout(5);
    Set<NodeId> down = Set.of(owner(layout, 0), owner(layout, 2));
    WritePlan plan = WritePlan.of(layout, ARC, node -> !down.contains(node));
    Set<NodeId> distinct = new HashSet<>();
    plan.targets().forEach(target -> assertTrue(distinct.add(target.node().id())));
    assertEquals(3, distinct.size());
    Set<NodeId> hinted = new HashSet<>();
    plan.targets().stream().map(Target::hintFor).flatMap(Optional::stream).forEach(hinted::add);
    assertEquals(down, hinted);
  }

  @Test
  void standInsRunOut() {
    Layout layout = layout(3);
    WritePlan plan = WritePlan.of(layout, ARC, node -> !node.equals(owner(layout, 1)));
    assertEquals(Set.of(owner(layout, 1)), plan.missing());
    assertEquals(2, plan.targets().size());
  }

  @Test
  void triesEveryOwnerWhenTheHealthyOnesAreTooFew() {
    Layout layout = layout(3);
    WritePlan plan = WritePlan.of(layout, ARC, node -> node.equals(owner(layout, 1)));
    assertEquals(3, plan.targets().size());
    assertTrue(plan.missing().isEmpty());
  }

  @Test
  void aJointLayoutNeedsAMajorityOfBoth() {
    Layout joint = Solver.plan(layout(3), nodes(4)).steps().getFirst().joint();
    int arc = IntStream.range(0, joint.arcs()).filter(joint::isMoving).findFirst().orElseThrow();
    Quorum quorum = Quorum.of(joint, arc);
    assertEquals(4, quorum.all().size());
    Set<NodeId> before = new HashSet<>();
    joint.owners(arc).forEach(node -> before.add(node.id()));
    Set<NodeId> after = new HashSet<>();
    joint.nextOwners(arc).forEach(node -> after.add(node.id()));
    Set<NodeId> staying = new HashSet<>(before);
    staying.retainAll(after);
    assertTrue(quorum.reachedBy(staying));
    NodeId leaving =
        before.stream().filter(node -> !after.contains(node)).findFirst().orElseThrow();
    assertFalse(quorum.reachedBy(Set.of(leaving, staying.iterator().next())));
  }
}
