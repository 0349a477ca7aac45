package dev.tritontube.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds for every cluster and every change of it, on 1,000 random ones of each.
class PlacementPropertiesTest {
  private static final int SMALL_CLUSTERS = 992;
  private static final int LARGE_CLUSTERS = 8;

  @Test
  void holdsForSmallClusters() {
    long seed = Seeds.announce(getClass());
    for (int round = 0; round < SMALL_CLUSTERS; round++) {
      RandomGenerator random = Seeds.random(seed, round);
      check(random, random.nextInt(2, 8), 14, Seeds.of(seed, round));
    }
  }

  @Test
  void holdsForClustersOfFullSize() {
    long seed = Seeds.announce(getClass());
    for (int round = 0; round < LARGE_CLUSTERS; round++) {
      check(Seeds.random(seed, -1 - round), 14, 24, Seeds.of(seed, -1 - round));
    }
  }

  private static void check(RandomGenerator random, int arcBits, int mostNodes, String seed) {
    int replicas = random.nextInt(4) == 0 ? random.nextInt(1, 6) : 3;
    RandomClusters clusters = new RandomClusters(random);
    List<LayoutNode> nodes = clusters.nodes(replicas, mostNodes);
    Layout first = Solver.first("cluster-" + arcBits, arcBits, replicas, nodes);
    checkPlacement(first, seed);
    assertBytesRepeat(
        first, Solver.first("cluster-" + arcBits, arcBits, replicas, mixed(nodes)), seed);

    List<LayoutNode> changed = clusters.changed(nodes, replicas);
    LayoutPlan plan = Solver.plan(first, changed);
    checkPlan(plan, changed, seed);
    LayoutPlan again = Solver.plan(first, mixed(changed));
    assertEquals(plan, again, seed);
    assertBytesRepeat(plan.target(), again.target(), seed);
  }

  private static void checkPlan(LayoutPlan plan, List<LayoutNode> nodes, String seed) {
    Layout target = plan.target();
    checkPlacement(target, seed);
    assertEquals(plan.quotas(), target.ownedCounts(), seed);
    assertEquals(Layout.sorted(nodes), target.nodes(), seed);
    assertEquals(moved(plan.from(), target), plan.moves().size(), seed);
    assertEquals(plan.minimumMoves(), plan.moves().size(), seed);
    assertTrue(isMinimum(plan, nodes), seed);
  }

  /// Quotas met exactly, no zone beyond its cap, first owners spread evenly.
  private static void checkPlacement(Layout layout, String seed) {
    List<LayoutNode> active = active(layout.nodes());
    Map<NodeId, Integer> owned = new TreeMap<>(layout.ownedCounts());
    int[] counts = active.stream().mapToInt(node -> owned.remove(node.id())).toArray();
    owned.forEach((node, count) -> assertEquals(0, count, seed));
    Quotas quotas = Quotas.of(active, counts, layout.arcs(), layout.replicas());
    assertBalanced(quotas.nodes(), counts, seed);
    checkZones(layout, zoneCap(active, layout.replicas()), seed);
    checkFirstOwners(layout, seed);
  }

  private static void assertBalanced(int[] quotas, int[] counts, String seed) {
    for (int i = 0; i < quotas.length; i++) {
      // Equal remainders go to who owns more, so quotas made from the outcome are those of the
      // plan.
      assertEquals(quotas[i], counts[i], seed);
    }
  }

  private static void checkZones(Layout layout, int cap, String seed) {
    for (int arc = 0; arc < layout.arcs(); arc++) {
      Map<String, Integer> inZone = new HashMap<>();
      Set<NodeId> distinct = new HashSet<>();
      for (LayoutNode owner : layout.owners(arc)) {
        distinct.add(owner.id());
        assertTrue(inZone.merge(owner.zone(), 1, Integer::sum) <= cap, seed);
      }
      assertEquals(layout.replicas(), distinct.size(), seed);
    }
  }

  private static void checkFirstOwners(Layout layout, String seed) {
    Map<NodeId, Integer> first = new HashMap<>();
    for (int arc = 0; arc < layout.arcs(); arc++) {
      first.merge(layout.owners(arc).getFirst().id(), 1, Integer::sum);
    }
    layout
        .ownedCounts()
        .forEach(
            (node, owned) -> {
              double fair = (double) owned / layout.replicas();
              assertTrue(Math.abs(first.getOrDefault(node, 0) - fair) < 1, seed);
            });
  }

  /// The rule of the specification, written once more: ceil(R/Z), and more only where zones have
  /// too few nodes for R replicas.
  private static int zoneCap(List<LayoutNode> active, int replicas) {
    Map<String, Integer> sizes = new HashMap<>();
    active.forEach(node -> sizes.merge(node.zone(), 1, Integer::sum));
    int cap = (replicas + sizes.size() - 1) / sizes.size();
    while (places(sizes, cap) < replicas) {
      cap++;
    }
    return cap;
  }

  private static int places(Map<String, Integer> sizes, int cap) {
    return sizes.values().stream().mapToInt(size -> Math.min(size, cap)).sum();
  }

  private static int moved(Layout from, Layout to) {
    int moved = 0;
    for (int arc = 0; arc < from.arcs(); arc++) {
      Set<NodeId> gained = ids(to.owners(arc));
      gained.removeAll(ids(from.owners(arc)));
      moved += gained.size();
    }
    return moved;
  }

  private static boolean isMinimum(LayoutPlan plan, List<LayoutNode> nodes) {
    Map<NodeId, Integer> places = new HashMap<>();
    List<String> zones = nodes.stream().map(LayoutNode::zone).distinct().toList();
    int[] zoneOf = nodes.stream().mapToInt(node -> zones.indexOf(node.zone())).toArray();
    boolean[] active = new boolean[nodes.size()];
    for (LayoutNode node : nodes) {
      active[places.size()] = node.state() == NodeState.ACTIVE;
      places.put(node.id(), places.size());
    }
    int cap = zoneCap(active(nodes), plan.from().replicas());
    return MovementProof.isMinimum(
        owners(plan.from(), places), owners(plan.target(), places), zoneOf, active, cap);
  }

  private static List<List<Integer>> owners(Layout layout, Map<NodeId, Integer> places) {
    List<List<Integer>> owners = new ArrayList<>();
    for (int arc = 0; arc < layout.arcs(); arc++) {
      owners.add(
          layout.owners(arc).stream()
              .filter(owner -> places.containsKey(owner.id()))
              .map(owner -> places.get(owner.id()))
              .toList());
    }
    return owners;
  }

  private static void assertBytesRepeat(Layout expected, Layout actual, String seed) {
    assertArrayEquals(expected.encode(), actual.encode(), seed);
    assertEquals(expected, Layout.decode(expected.encode()), seed);
  }

  private static List<LayoutNode> active(List<LayoutNode> nodes) {
    return nodes.stream().filter(node -> node.state() == NodeState.ACTIVE).toList();
  }

  private static Set<NodeId> ids(List<LayoutNode> nodes) {
    Set<NodeId> ids = new HashSet<>();
    nodes.forEach(node -> ids.add(node.id()));
    return ids;
  }

  private static List<LayoutNode> mixed(List<LayoutNode> nodes) {
    List<LayoutNode> mixed = new ArrayList<>(nodes);
    Collections.shuffle(mixed, new Random(1));
    return mixed;
  }
}
