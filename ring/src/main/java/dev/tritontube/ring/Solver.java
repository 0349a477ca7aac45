package dev.tritontube.ring;

import java.util.List;

/// Makes layouts: balanced by weight and zone, with the least movement.
public final class Solver {
  private Solver() {}

  /// The first layout of a cluster, epoch 1.
  ///
  /// @throws TooFewNodesException when fewer than `replicas` nodes are ACTIVE
  public static Layout first(String clusterId, int arcBits, int replicas, List<LayoutNode> nodes) {
    throw new UnsupportedOperationException();
  }

  /// The plan from a settled layout to a balanced one over `nodes`: those that are ACTIVE own by
  /// weight, those that are DRAINING, DRAINED or not in the list any more own nothing.
  ///
  /// @throws TooFewNodesException when fewer than R nodes would be ACTIVE
  public static LayoutPlan plan(Layout settled, List<LayoutNode> nodes) {
    throw new UnsupportedOperationException();
  }
}
