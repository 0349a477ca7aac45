package dev.tritontube.ring;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// How many arc replicas each active node is to own: R x P water-filled over zones by weight, then
/// over the nodes of each zone.
///
/// @param nodes the quota of each active node
/// @param zones the zone of each active node, as an index
/// @param zoneCap how many replicas of one arc may lie in one zone
/// @param warnings capacity that a cap makes unusable
record Quotas(int[] nodes, int[] zones, int zoneCap, List<String> warnings) {
  /// Less unused capacity than this is not worth a warning.
  private static final double WORTH_SAYING = 0.01;

  /// @param active at least `replicas` nodes
  /// @param owned the number of replicas that each of them owns now
  static Quotas of(List<LayoutNode> active, int[] owned, int arcs, int replicas) {
    return new Sharing(active, owned, arcs, replicas).quotas();
  }

  static Map<NodeId, Integer> byNode(List<LayoutNode> nodes, int[] counts) {
    Map<NodeId, Integer> byNode = new LinkedHashMap<>();
    for (int i = 0; i < counts.length; i++) {
      byNode.put(nodes.get(i).id(), counts[i]);
    }
    return Collections.unmodifiableMap(byNode);
  }

  /// The members of each zone, zones by name.
  private static List<int[]> members(List<LayoutNode> active) {
    Map<String, List<Integer>> byZone = new TreeMap<>();
    for (int i = 0; i < active.size(); i++) {
      byZone.computeIfAbsent(active.get(i).zone(), zone -> new ArrayList<>()).add(i);
    }
    return byZone.values().stream()
        .map(zone -> zone.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /// The working of one sharing-out.
  private static final class Sharing {
    private final List<LayoutNode> active;
    private final int[] owned;
    private final int arcs;
    private final int replicas;
    private final List<int[]> zones;
    private final int zoneCap;
    private final int[] quotas;
    private final List<String> warnings = new ArrayList<>();

    Sharing(List<LayoutNode> active, int[] owned, int arcs, int replicas) {
      this.active = active;
      this.owned = owned;
      this.arcs = arcs;
      this.replicas = replicas;
      this.zones = members(active);
      this.zoneCap = zoneCap();
      this.quotas = new int[active.size()];
    }

    Quotas quotas() {
      int[] zoneOf = new int[active.size()];
      int[] caps = zones.stream().mapToInt(zone -> inZone(zone) * arcs).toArray();
      int[] shares = share(replicas * arcs, zones, caps);
      for (int zone = 0; zone < shares.length; zone++) {
        shareWithin(zones.get(zone), shares[zone]);
        for (int node : zones.get(zone)) {
          zoneOf[node] = zone;
        }
      }
      warn(caps, shares);
      return new Quotas(quotas, zoneOf, zoneCap, List.copyOf(warnings));
    }

    /// ceil(R/Z), or the least number above it with which R replicas find a place when zones have
    /// too few nodes.
    private int zoneCap() {
      int wanted = Math.ceilDiv(replicas, zones.size());
      int cap = wanted;
      while (placesWith(cap) < replicas) {
        cap++;
      }
      if (cap > wanted) {
        warnings.add(
            ("zones have too few nodes for %d replicas with at most %d in one zone: up to %d"
                    + " replicas of an arc lie in one zone")
                .formatted(replicas, wanted, cap));
      }
      return cap;
    }

    private int placesWith(int cap) {
      return zones.stream().mapToInt(zone -> Math.min(cap, zone.length)).sum();
    }

    private int inZone(int[] zone) {
      return Math.min(zoneCap, zone.length);
    }

    private void shareWithin(int[] zone, int total) {
      List<int[]> members = Arrays.stream(zone).mapToObj(node -> new int[] {node}).toList();
      int[] caps = new int[zone.length];
      Arrays.fill(caps, arcs);
      int[] shares = share(total, members, caps);
      for (int i = 0; i < zone.length; i++) {
        quotas[zone[i]] = shares[i];
      }
    }

    private int[] share(int total, List<int[]> groups, int[] caps) {
      List<BigInteger> weights = groups.stream().map(this::weight).toList();
      int[] have = groups.stream().mapToInt(this::owned).toArray();
      return WaterFill.share(total, weights, caps, have);
    }

    private BigInteger weight(int[] group) {
      return Arrays.stream(group)
          .mapToObj(node -> BigInteger.valueOf(active.get(node).weight()))
          .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private int owned(int[] group) {
      return Arrays.stream(group).map(node -> owned[node]).sum();
    }

    private void warn(int[] caps, int[] shares) {
      double level = level();
      for (int i = 0; i < caps.length; i++) {
        int[] zone = zones.get(i);
        if (shares[i] == caps[i] && zones.size() > 1) {
          String name = "zone '" + active.get(zone[0]).zone() + "'";
          String rule = inZone(zone) + " of " + replicas + " replicas of an arc may lie in it";
          warnUnused(name, rule, unused(zone, level));
        }
        Arrays.stream(zone)
            .filter(node -> quotas[node] == arcs && zone.length > 1)
            .forEach(node -> warnNode(node, level));
      }
    }

    private void warnNode(int node, double level) {
      LayoutNode named = active.get(node);
      String name = "node " + named.id() + " (" + named.address() + ")";
      warnUnused(name, "one replica of an arc may lie on it", unused(new int[] {node}, level));
    }

    private void warnUnused(String name, String rule, double unused) {
      if (unused >= WORTH_SAYING) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "%s: at most %s, so about %.0f %% of its capacity stays unused",
                name,
                rule,
                unused * 100));
      }
    }

    /// The weight behind one replica on the node that fills up first.
    private double level() {
      return IntStream.range(0, quotas.length)
          .filter(node -> quotas[node] > 0)
          .mapToDouble(node -> (double) active.get(node).weight() / quotas[node])
          .min()
          .orElseThrow();
    }

    private double unused(int[] group, double level) {
      double weight = weight(group).doubleValue();
      int quota = Arrays.stream(group).map(node -> quotas[node]).sum();
      return 1 - quota * level / weight;
    }
  }
}
