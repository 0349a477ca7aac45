package dev.tritontube.ring;

import static dev.tritontube.ring.Nodes.node;
import static dev.tritontube.ring.Nodes.nodes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
  /// Four arcs, two replicas: node 1 leaves arc 2 for node 4.
  private static final OwnerTable OWNERS = new OwnerTable(2, new char[] {0, 1, 1, 2, 2, 0, 0, 2});

  private static final OwnerTable NEXT = new OwnerTable(2, new char[] {0, 1, 1, 2, 2, 3, 0, 2});
  private static final Layout SETTLED = new Layout("c", 7, 2, nodes(4), OWNERS, OWNERS);
  private static final Layout JOINT = new Layout("c", 8, 2, nodes(4), OWNERS, NEXT);

  @Test
  void findsTheArcByTheFirstBitsOfTheHash() {
    assertEquals(4, SETTLED.arcs());
    assertEquals(0, SETTLED.arcOf(0));
    assertEquals(0, SETTLED.arcOf(0x3FFF_FFFF_FFFF_FFFFL));
    assertEquals(1, SETTLED.arcOf(0x4000_0000_0000_0000L));
    assertEquals(3, SETTLED.arcOf(-1));
    BlobKey key = new BlobKey("a/b/c");
    assertEquals((int) (key.hash64() >>> 62), SETTLED.arcOf(key));
  }

  @Test
  void ownersAreThoseOfTheTable() {
    assertEquals(List.of(node(3), node(1)), SETTLED.owners(2));
    assertEquals(List.of(node(3), node(1)), SETTLED.nextOwners(2));
    assertEquals(List.of(node(3), node(1)), JOINT.owners(2));
    assertEquals(List.of(node(3), node(4)), JOINT.nextOwners(2));
    assertSame(SETTLED.owners(2), SETTLED.owners(2));
  }

  @Test
  void onlyArcsWithOtherNextOwnersAreMoving() {
    assertFalse(SETTLED.joint());
    assertFalse(SETTLED.isMoving(2));
    assertTrue(JOINT.joint());
    assertEquals(ArcSet.of(List.of(new ArcRange(2, 2))), JOINT.movingArcs());
  }

  @Test
  void bothOwnersAndNextOwnersOwn() {
    assertTrue(JOINT.owns(node(1).id(), 2));
    assertTrue(JOINT.owns(node(4).id(), 2));
    assertFalse(JOINT.owns(node(2).id(), 2));
    assertFalse(SETTLED.owns(node(4).id(), 2));
    assertFalse(SETTLED.owns(node(99).id(), 2));
  }

  @Test
  void tellsWhatANodeOwnsGainsAndLoses() {
    assertEquals(arcs(0, 2, 3), JOINT.arcsOwnedBy(node(1).id()));
    assertEquals(arcs(2), JOINT.arcsLostBy(node(1).id()));
    assertEquals(arcs(2), JOINT.arcsGainedBy(node(4).id()));
    assertEquals(arcs(), JOINT.arcsGainedBy(node(1).id()));
    assertEquals(arcs(), SETTLED.arcsGainedBy(node(4).id()));
    assertEquals(1, JOINT.ownedCounts().get(node(4).id()));
    assertEquals(0, SETTLED.ownedCounts().get(node(4).id()));
  }

  @Test
  void withNodesKeepsOwnersAndTakesTheNextEpoch() {
    List<LayoutNode> changed = new ArrayList<>(nodes(3).reversed());
    changed.set(0, node(3).withAddress("elsewhere:1"));
    changed.add(node(0));
    Layout later = SETTLED.withNodes(changed);
    assertEquals(8, later.epoch());
    assertEquals(List.of(node(0), node(1), node(2), changed.getFirst()), later.nodes());
    assertEquals(List.of(changed.getFirst(), node(1)), later.owners(2));
    assertFalse(later.joint());
    assertTrue(JOINT.withNodes(nodes(5)).isMoving(2));
  }

  @Test
  void withNodesRefusesToDropAnOwner() {
    assertThrows(
        IllegalArgumentException.class, () -> SETTLED.withNodes(List.of(node(1), node(2))));
    assertThrows(IllegalArgumentException.class, () -> JOINT.withNodes(nodes(3)));
    List<LayoutNode> twice = List.of(node(1), node(2), node(3), node(3));
    assertThrows(IllegalArgumentException.class, () -> SETTLED.withNodes(twice));
  }

  @Test
  void settledBackHasTheOwnersOfBeforeAtALaterEpoch() {
    Layout back = JOINT.settledBack(1008);
    assertFalse(back.joint());
    assertEquals(1008, back.epoch());
    assertEquals(JOINT.nodes(), back.nodes());
    for (int arc = 0; arc < 4; arc++) {
      assertEquals(JOINT.owners(arc), back.owners(arc));
    }
    assertEquals(back, Layout.decode(back.encode()));
    assertEquals(SETTLED.owners(2), SETTLED.settledBack(8).owners(2));
    assertThrows(IllegalArgumentException.class, () -> JOINT.settledBack(8));
  }

  @Test
  void isEqualByValue() {
    assertEquals(SETTLED, new Layout("c", 7, 2, nodes(4), OWNERS, OWNERS));
    assertNotEquals(SETTLED, JOINT);
    assertNotEquals(SETTLED, SETTLED.withNodes(nodes(4)));
    assertNotEquals(JOINT, new Layout("d", 8, 2, nodes(4), OWNERS, NEXT));
  }

  @Test
  void refusesTablesThatAreNoLayout() {
    assertRefused(new OwnerTable(2, new char[] {0, 0, 1, 2, 2, 0, 0, 2}), OWNERS);
    assertRefused(new OwnerTable(2, new char[] {0, 9, 1, 2, 2, 0, 0, 2}), OWNERS);
    assertRefused(new OwnerTable(2, new char[] {0, 1}), OWNERS);
    assertRefused(OWNERS, new OwnerTable(2, new char[] {2, 3, 1, 2, 2, 0, 0, 2}));
    assertRefused(OWNERS, new OwnerTable(2, new char[] {1, 0, 1, 2, 2, 0, 0, 2}));
    assertThrows(
        IllegalArgumentException.class, () -> new Layout("c", 0, 2, nodes(4), OWNERS, OWNERS));
    assertThrows(
        IllegalArgumentException.class, () -> new Layout("", 1, 2, nodes(4), OWNERS, OWNERS));
    assertThrows(IllegalArgumentException.class, () -> Solver.first("c", 17, 3, nodes(3)));
    assertThrows(IllegalArgumentException.class, () -> Solver.first("c", 4, 0, nodes(3)));
  }

  private static void assertRefused(OwnerTable owners, OwnerTable next) {
    assertThrows(
        IllegalArgumentException.class, () -> new Layout("c", 1, 2, nodes(4), owners, next));
  }

  private static ArcSet arcs(int... arcs) {
    List<ArcRange> ranges = new ArrayList<>();
    for (int arc : arcs) {
      ranges.add(new ArcRange(arc, arc));
    }
    return ArcSet.of(ranges);
  }
}
