package dev.tritontube.ring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A change of layout as a value: what would move, in which steps.
///
/// @param from the settled layout that the plan starts from
/// @param moves every replica that moves
/// @param minimumMoves the least number of replicas that any assignment with these quotas moves
/// @param quotas the number of arc replicas that each node is to own
/// @param steps at least one; each moves at most one replica of an arc; each joint layout has the
///   epoch after the settled one before it, and each settled one the epoch after its joint one. The
///   last settled layout is the target.
/// @param warnings what an administrator should know before applying it
public record LayoutPlan(
    Layout from,
    List<Move> moves,
    int minimumMoves,
    Map<NodeId, Integer> quotas,
    List<Step> steps,
    List<String> warnings) {
  public LayoutPlan {
    moves = List.copyOf(moves);
    quotas = Collections.unmodifiableMap(new LinkedHashMap<>(quotas));
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a plan has at least one step");
    }
  }

  /// @param joint old and new owners
  /// @param settled the new owners alone
  public record Step(Layout joint, Layout settled) {}

  public Layout target() {
    return steps.getLast().settled();
  }
}
