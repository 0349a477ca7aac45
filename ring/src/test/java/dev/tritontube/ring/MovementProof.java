package dev.tritontube.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Proves that an assignment moves as few replicas as any with the same quotas: the flow that it is
/// has no cycle of negative cost in its residual graph (Klein 1967). Shares nothing with the
/// solver: the whole network, arc by arc, and Bellman and Ford's algorithm.
final class MovementProof {
  private final List<int[]> edges = new ArrayList<>();
  private final int arcs;
  private final int zones;
  private final int nodes;

  private MovementProof(int arcs, int zones, int nodes) {
    this.arcs = arcs;
    this.zones = zones;
    this.nodes = nodes;
  }

  /// @param from owners of each arc before
  /// @param to owners of each arc after
  /// @param zoneOf the zone of each node
  /// @param active nodes that may own
  static boolean isMinimum(
      List<? extends List<Integer>> from,
      List<? extends List<Integer>> to,
      int[] zoneOf,
      boolean[] active,
      int zoneCap) {
    int zones = Arrays.stream(zoneOf).max().orElseThrow() + 1;
    MovementProof proof = new MovementProof(to.size(), zones, zoneOf.length);
    for (int arc = 0; arc < to.size(); arc++) {
      proof.addArc(arc, from.get(arc), to.get(arc), zoneOf, active, zoneCap);
    }
    return !proof.hasNegativeCycle();
  }

  private void addArc(
      int arc, List<Integer> from, List<Integer> to, int[] zoneOf, boolean[] active, int zoneCap) {
    int[] inZone = new int[zones];
    to.forEach(node -> inZone[zoneOf[node]]++);
    for (int zone = 0; zone < zones; zone++) {
      if (inZone[zone] < zoneCap) {
        edges.add(new int[] {arc, arcInZone(arc, zone), 0});
      }
      if (inZone[zone] > 0) {
        edges.add(new int[] {arcInZone(arc, zone), arc, 0});
      }
    }
    for (int node = 0; node < nodes; node++) {
      int cost = from.contains(node) ? 0 : 1;
      int place = arcInZone(arc, zoneOf[node]);
      if (to.contains(node)) {
        edges.add(new int[] {arcs * (1 + zones) + node, place, -cost});
      } else if (active[node]) {
        edges.add(new int[] {place, arcs * (1 + zones) + node, cost});
      }
    }
  }

  private int arcInZone(int arc, int zone) {
    return arcs + arc * zones + zone;
  }

  private boolean hasNegativeCycle() {
    int[] distance = new int[arcs * (1 + zones) + nodes];
    int[][] all = edges.toArray(int[][]::new);
    for (int round = 0; round <= distance.length; round++) {
      boolean shorter = false;
      for (int[] edge : all) {
        int length = distance[edge[0]] + edge[2];
        if (length < distance[edge[1]]) {
          distance[edge[1]] = length;
          shorter = true;
        }
      }
      if (!shorter) {
        return false;
      }
      if (Arrays.stream(distance).min().orElseThrow() < -distance.length) {
        return true;
      }
    }
    return true;
  }
}
