package dev.tritontube.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The solver against every assignment there is, on rings of two to eight arcs.
class BruteForceTest {
  @Test
  void noAssignmentWithTheSameQuotasMovesLess() {
    long seed = Seeds.announce(getClass());
    for (int round = 0; round < 400; round++) {
      RandomGenerator random = Seeds.random(seed, round);
      int replicas = random.nextInt(1, 4);
      RandomClusters clusters = new RandomClusters(random);
      List<LayoutNode> before = clusters.nodes(replicas, 5);
      Layout first = Solver.first("tiny", random.nextInt(1, 4), replicas, before);
      LayoutPlan plan = Solver.plan(first, clusters.changed(before, replicas));
      assertEquals(new Search(plan).leastMoves(), plan.moves().size(), Seeds.of(seed, round));
    }
  }

  /// Tries all sets of owners for each arc, remembering what is best from each state on.
  private static final class Search {
    private static final int IMPOSSIBLE = 1_000_000;

    private final LayoutPlan plan;
    private final List<LayoutNode> active;
    private final int zoneCap;
    private final Map<List<Integer>, Integer> best = new HashMap<>();

    Search(LayoutPlan plan) {
      this.plan = plan;
      this.active =
          plan.target().nodes().stream().filter(node -> node.state() == NodeState.ACTIVE).toList();
      int[] nothing = new int[active.size()];
      this.zoneCap =
          Quotas.of(active, nothing, plan.from().arcs(), plan.from().replicas()).zoneCap();
    }

    int leastMoves() {
      List<Integer> quotas = active.stream().map(node -> plan.quotas().get(node.id())).toList();
      return from(0, quotas);
    }

    private int from(int arc, List<Integer> left) {
      if (arc == plan.from().arcs()) {
        return left.stream().allMatch(quota -> quota == 0) ? 0 : IMPOSSIBLE;
      }
      List<Integer> state = new ArrayList<>(left);
      state.add(arc);
      Integer known = best.get(state);
      if (known == null) {
        known = choose(arc, 0, List.of(), left);
        best.put(state, known);
      }
      return known;
    }

    private int choose(int arc, int next, List<Integer> chosen, List<Integer> left) {
      if (chosen.size() == plan.from().replicas()) {
        return fits(chosen) ? moves(arc, chosen) + from(arc + 1, left) : IMPOSSIBLE;
      }
      if (next == active.size()) {
        return IMPOSSIBLE;
      }
      int least = choose(arc, next + 1, chosen, left);
      if (left.get(next) > 0) {
        List<Integer> more = new ArrayList<>(chosen);
        more.add(next);
        List<Integer> less = new ArrayList<>(left);
        less.set(next, left.get(next) - 1);
        least = Math.min(least, choose(arc, next + 1, more, less));
      }
      return least;
    }

    private boolean fits(List<Integer> chosen) {
      Map<String, Integer> inZone = new HashMap<>();
      chosen.forEach(node -> inZone.merge(active.get(node).zone(), 1, Integer::sum));
      return inZone.values().stream().allMatch(count -> count <= zoneCap);
    }

    private int moves(int arc, List<Integer> chosen) {
      return (int)
          chosen.stream().filter(node -> !plan.from().owns(active.get(node).id(), arc)).count();
    }
  }
}
