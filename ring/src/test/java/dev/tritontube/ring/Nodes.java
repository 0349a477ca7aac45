package dev.tritontube.ring;

import java.util.List;
import java.util.stream.LongStream;

/// Nodes for tests: number n has the id n.
final class Nodes {
  private Nodes() {}

  static LayoutNode node(long number) {
    return node(number, "default", 1_000);
  }

  static LayoutNode node(long number, String zone, long weight) {
    return new LayoutNode(
        NodeId.of(number), "127.0.0.1:" + (9_100 + number), zone, weight, NodeState.ACTIVE);
  }

  /// Nodes 1 to `count` of equal weight in one zone.
  static List<LayoutNode> nodes(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(Nodes::node).toList();
  }
}
