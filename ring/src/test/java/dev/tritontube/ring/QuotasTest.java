package dev.tritontube.ring;

import static dev.tritontube.ring.Nodes.node;
import static dev.tritontube.ring.Nodes.nodes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final int ARCS = 1 << 14;

  @Test
  void equalNodesOwnEqually() {
    assertArrayEquals(new int[] {12_288, 12_288, 12_288, 12_288}, quotas(nodes(4)).nodes());
    assertEquals(List.of(), quotas(nodes(4)).warnings());
  }

  @Test
  void remaindersGoToThoseThatOwnMore() {
    int[] owned = {0, 9_831, 9_830, 9_831, 9_830};
    Quotas quotas = Quotas.of(nodes(5), owned, ARCS, 3);
    assertArrayEquals(new int[] {9_830, 9_831, 9_830, 9_831, 9_830}, quotas.nodes());
  }

  @Test
  void weightsCount() {
    List<LayoutNode> nodes = List.of(node(1), node(2), node(3), node(4, "default", 2_000), node(5));
    assertArrayEquals(new int[] {8_192, 8_192, 8_192, 16_384, 8_192}, quotas(nodes).nodes());
  }

  @Test
  void capacityOfARealDiskDoesNotOverflow() {
    List<LayoutNode> nodes = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      nodes.add(node(i, "zone-" + i % 3, Long.MAX_VALUE - i));
    }
    assertEquals(3 * ARCS, Arrays.stream(quotas(nodes).nodes()).sum());
    assertEquals(List.of(), quotas(nodes).warnings());
  }

  @Test
  void aZoneBeyondItsCapIsFilledToTheCapAndSaid() {
    List<LayoutNode> nodes =
        List.of(node(1, "a", 8_000), node(2, "b", 1_000), node(3, "c", 1_000), node(4, "d", 1_000));
    Quotas quotas = quotas(nodes);
    assertEquals(1, quotas.zoneCap());
    assertEquals(ARCS, quotas.nodes()[0]);
    assertEquals(
        List.of(
            "zone 'a': at most 1 of 3 replicas of an arc may lie in it, so about 81 % of its"
                + " capacity stays unused"),
        quotas.warnings());
  }

  @Test
  void aNodeLargerThanAllOthersIsSaid() {
    List<LayoutNode> nodes =
        List.of(
            node(1, "a", 10_000), node(2, "a", 1_000), node(3, "a", 1_000), node(4, "a", 1_000));
    Quotas quotas = quotas(nodes);
    assertEquals(ARCS, quotas.nodes()[0]);
    assertTrue(quotas.warnings().getFirst().startsWith("node 0000000000000001 ("));
  }

  @Test
  void twoZonesHoldTwoReplicasAtMost() {
    List<LayoutNode> nodes = List.of(node(1, "a", 1), node(2, "b", 1), node(3, "b", 1));
    Quotas quotas = quotas(nodes);
    assertEquals(2, quotas.zoneCap());
    assertArrayEquals(new int[] {ARCS, ARCS, ARCS}, quotas.nodes());
  }

  @Test
  void theZoneCapGrowsOnlyWhereZonesHaveTooFewNodes() {
    List<LayoutNode> nodes = new ArrayList<>(List.of(node(1, "a", 1)));
    for (int i = 2; i <= 8; i++) {
      nodes.add(node(i, "b", 1));
    }
    Quotas quotas = Quotas.of(nodes, new int[8], ARCS, 5);
    assertEquals(4, quotas.zoneCap());
    assertTrue(quotas.warnings().getFirst().contains("too few nodes"));
  }

  @Test
  void sharesAreTheExactOnesRoundedForRandomClusters() {
    long seed = Seeds.announce(getClass());
    for (int round = 0; round < 1_000; round++) {
      RandomClusters clusters = new RandomClusters(Seeds.random(seed, round));
      List<LayoutNode> active =
          clusters.nodes(3, 20).stream().filter(node -> node.state() == NodeState.ACTIVE).toList();
      checkShares(active, quotas(active), Seeds.of(seed, round));
    }
  }

  /// By the definition of water-filling: below the cap all have the same share for their weight,
  /// and none at its cap would have less.
  private static void checkShares(List<LayoutNode> active, Quotas quotas, String seed) {
    assertEquals(3 * ARCS, Arrays.stream(quotas.nodes()).sum(), seed);
    Map<Integer, Integer> zoneShares = new HashMap<>();
    for (int i = 0; i < active.size(); i++) {
      assertTrue(quotas.nodes()[i] <= ARCS, seed);
      zoneShares.merge(quotas.zones()[i], quotas.nodes()[i], Integer::sum);
      for (int j = 0; j < active.size(); j++) {
        boolean sameZone = quotas.zones()[i] == quotas.zones()[j];
        if (sameZone && quotas.nodes()[j] < ARCS) {
          double level = (quotas.nodes()[j] + 1.0) / active.get(j).weight();
          assertTrue(quotas.nodes()[i] - 1 <= level * active.get(i).weight(), seed);
        }
      }
    }
    zoneShares.values().forEach(share -> assertTrue(share <= quotas.zoneCap() * ARCS, seed));
  }

  @Test
  void moreThanTheCapsIsRefused() {
    List<BigInteger> weights = List.of(BigInteger.ONE, BigInteger.TWO);
    int[] none = new int[2];
    assertThrows(
        IllegalArgumentException.class, () -> WaterFill.share(11, weights, new int[] {5, 5}, none));
    assertArrayEquals(new int[] {5, 5}, WaterFill.share(10, weights, new int[] {5, 5}, none));
    assertArrayEquals(new int[] {3, 6}, WaterFill.share(9, weights, new int[] {9, 9}, none));
    assertArrayEquals(new int[] {4, 5}, WaterFill.share(9, weights, new int[] {9, 5}, none));
  }

  private static Quotas quotas(List<LayoutNode> active) {
    return Quotas.of(active, new int[active.size()], ARCS, 3);
  }
}
