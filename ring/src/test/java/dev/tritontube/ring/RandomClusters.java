package dev.tritontube.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Clusters and changes of them, drawn from a seed.
final class RandomClusters {
  private final RandomGenerator random;

  RandomClusters(RandomGenerator random) {
    this.random = random;
  }

  /// Between `replicas` and `most` active nodes and up to two others.
  List<LayoutNode> nodes(int replicas, int most) {
    int zones = random.nextInt(1, 6);
    boolean equalWeights = random.nextBoolean();
    List<LayoutNode> nodes = new ArrayList<>();
    int count = random.nextInt(replicas, Math.max(replicas, most) + 1);
    for (int i = 0; i < count; i++) {
      nodes.add(node(zones, equalWeights));
    }
    if (random.nextInt(8) == 0) {
      nodes.add(node(zones, equalWeights).withState(NodeState.DRAINED));
    }
    return nodes;
  }

  /// The nodes after an administrator was at work: some added, drained, lost, moved or weighed
  /// anew; at least `replicas` stay active.
  List<LayoutNode> changed(List<LayoutNode> before, int replicas) {
    List<LayoutNode> after = new ArrayList<>(before);
    int changes = random.nextInt(4);
    for (int i = 0; i <= changes; i++) {
      change(after, replicas);
    }
    return after;
  }

  private void change(List<LayoutNode> nodes, int replicas) {
    int picked = random.nextInt(nodes.size());
    LayoutNode node = nodes.get(picked);
    boolean spare = nodes.stream().filter(n -> n.state() == NodeState.ACTIVE).count() > replicas;
    switch (random.nextInt(6)) {
      case 0, 1 -> nodes.add(node(random.nextInt(1, 6), random.nextBoolean()));
      case 2 -> nodes.set(picked, spare ? node.withState(NodeState.DRAINING) : node);
      case 3 -> {
        if (spare) {
          nodes.remove(picked);
        }
      }
      case 4 -> nodes.set(picked, weighed(node, random.nextLong(1, 1L << 44), node.zone()));
      default -> nodes.set(picked, weighed(node, node.weight(), zone(random.nextInt(1, 6))));
    }
  }

  private LayoutNode node(int zones, boolean equalWeights) {
    NodeId id = NodeId.of(random.nextLong());
    long weight = equalWeights ? 1_000 : random.nextLong(1, 1L << random.nextInt(1, 45));
    return new LayoutNode(id, "host-" + id + ":9101", zone(zones), weight, NodeState.ACTIVE);
  }

  private String zone(int zones) {
    return "zone-" + random.nextInt(zones);
  }

  private static LayoutNode weighed(LayoutNode node, long weight, String zone) {
    return new LayoutNode(node.id(), node.address(), zone, weight, node.state());
  }
}
