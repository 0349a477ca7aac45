package dev.tritontube.ring;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes layouts: balanced by weight and zone, with the least movement. The same input gives the
/// same bytes on every machine; the effort depends on the input alone, never on a clock.
public final class Solver {
  private Solver() {}

  /// The first layout of a cluster, epoch 1.
  ///
  /// @throws TooFewNodesException when fewer than `replicas` nodes are ACTIVE
  /// @throws IllegalArgumentException when a node is there twice or a number out of its range
  public static Layout first(String clusterId, int arcBits, int replicas, List<LayoutNode> nodes) {
    if (arcBits < 1 || arcBits > Layout.MAX_ARC_BITS) {
      throw new IllegalArgumentException("arc bits " + arcBits);
    }
    if (replicas < 1 || replicas > Layout.MAX_REPLICAS) {
      throw new IllegalArgumentException("replicas " + replicas);
    }
    List<LayoutNode> listed = checked(nodes);
    List<LayoutNode> active = active(listed, replicas);
    char[] nobody = new char[(1 << arcBits) * replicas];
    Arrays.fill(nobody, Assignment.NONE);
    Quotas quotas = Quotas.of(active, new int[active.size()], 1 << arcBits, replicas);
    char[] owners = LeastMovement.assign(replicas, nobody, quotas, Draws.of(clusterId, 1));
    OwnerOrder.balance(replicas, active.size(), owners);
    OwnerTable table = new OwnerTable(replicas, owners).renumbered(indexes(active, listed));
    return new Layout(clusterId, 1, arcBits, listed, table, table);
  }

  /// The plan from a settled layout to a balanced one over `nodes`: those that are ACTIVE own by
  /// weight, those that are DRAINING, DRAINED or not in the list any more own nothing.
  ///
  /// @throws TooFewNodesException when fewer than R nodes would be ACTIVE
  /// @throws IllegalArgumentException when the layout is joint or a node is there twice
  public static LayoutPlan plan(Layout settled, List<LayoutNode> nodes) {
    if (settled.joint()) {
      throw new IllegalArgumentException("a plan starts from a settled layout, not " + settled);
    }
    List<LayoutNode> listed = checked(nodes);
    List<LayoutNode> active = active(listed, settled.replicas());
    char[] current = settled.ownerTable().renumbered(indexes(settled.nodes(), active)).copy();
    Quotas quotas =
        Quotas.of(active, counts(current, active.size()), settled.arcs(), settled.replicas());
    char[] owners =
        LeastMovement.assign(
            settled.replicas(),
            current,
            quotas,
            Draws.of(settled.clusterId(), settled.epoch() + 1));
    return new Stages(settled, listed, active, owners).plan(quotas);
  }

  private static List<LayoutNode> checked(List<LayoutNode> nodes) {
    Set<NodeId> ids = new HashSet<>();
    for (LayoutNode node : nodes) {
      if (!ids.add(node.id())) {
        throw new IllegalArgumentException("node " + node.id() + " is there twice");
      }
    }
    if (nodes.size() > Layout.MAX_NODES) {
      throw new IllegalArgumentException(nodes.size() + " nodes are more than " + Layout.MAX_NODES);
    }
    return Layout.sorted(nodes);
  }

  private static List<LayoutNode> active(List<LayoutNode> nodes, int replicas) {
    List<LayoutNode> active =
        nodes.stream().filter(node -> node.state() == NodeState.ACTIVE).toList();
    if (active.size() < replicas) {
      throw new TooFewNodesException(active.size(), replicas);
    }
    return active;
  }

  /// For each node of one list its index in the other, NONE where it is not there.
  static int[] indexes(List<LayoutNode> from, List<LayoutNode> to) {
    Map<NodeId, Integer> places = new HashMap<>();
    to.forEach(node -> places.put(node.id(), places.size()));
    return from.stream()
        .mapToInt(node -> places.getOrDefault(node.id(), (int) Assignment.NONE))
        .toArray();
  }

  private static int[] counts(char[] owners, int nodes) {
    int[] counts = new int[nodes];
    for (char owner : owners) {
      if (owner != Assignment.NONE) {
        counts[owner]++;
      }
    }
    return counts;
  }
}
