package dev.tritontube.ring;

import java.util.Arrays;

/// Assigns replicas to nodes: each node its quota, at most so many replicas of an arc in a zone,
/// and as few replicas moved as any assignment with these quotas moves.
///
/// This is a min-cost max-flow problem: source -> arc (R) -> arc and zone (zone cap) -> node (1;
/// costs 1 unless the node owns the arc now) -> sink (quota). It is solved by successive shortest
/// paths, on a graph of the nodes alone:
///
/// - The start is a part of what is owned now: a flow of cost 0, so the cheapest of its value.
/// - A path is an arc that lacks a replica, a node that takes it, and from there hops (see
///   [Assignment]) to a node with room.
/// - Lengths are (cost, number of hops) in lexical order. A shortest path in this order never uses
///   an arc twice (its loop could be cut out: its cost is at least 0, and there would be fewer
///   hops), so its hops do not disturb each other, and looking at nodes alone misses no path.
/// - Each phase measures the distances to room once and then augments along paths of the shortest
///   length until it finds none, as Dinic does. Lengths never shrink from phase to phase.
///
/// Invariant: the assignment at hand moves as few replicas as any of its size; so the movement at
/// the end is the minimum. Where several assignments have it, `draws` decides, which also spreads
/// the partners of each node over all others.
///
/// Sources: Ahuja, Magnanti, Orlin, "Network Flows", 1993, sections 7.5 and 9.7; Dinic 1970.
final class LeastMovement {
  private static final int COST = 1 << 20;
  private static final int HOP = 1;
  private static final int FAR = Integer.MAX_VALUE / 2;

  private final Assignment assignment;
  private final Draws draws;
  private final int[] order;
  private final int nodes;
  private final int[] distance;
  private final boolean[] exhausted;

  private LeastMovement(Assignment assignment, Draws draws) {
    this.assignment = assignment;
    this.draws = draws;
    this.order = draws.shuffled(assignment.arcs());
    this.nodes = assignment.nodes();
    this.distance = new int[nodes];
    this.exhausted = new boolean[nodes];
  }

  /// @param current arcs x replicas: the node that owns each replica now, [Assignment#NONE] where
  ///   no active one does
  /// @return arcs x replicas; what stays on its node keeps its place
  static char[] assign(int replicas, char[] current, Quotas quotas, Draws draws) {
    Assignment assignment = new Assignment(replicas, current, quotas);
    new LeastMovement(assignment, draws).solve();
    return assignment.table();
  }

  private void solve() {
    dropWhatCannotStay();
    assignment.trackHops();
    int lacking = assignment.lacking();
    while (lacking > 0) {
      measureDistances();
      lacking -= augmentAll(shortestLength());
    }
  }

  private void dropWhatCannotStay() {
    for (int arc : order) {
      while (assignment.breachesZoneCap(arc)) {
        assignment.dropOne(arc);
      }
    }
    while (dropOneOfEachArc()) {}
  }

  /// At most one replica of an arc at a time, so that few arcs move two.
  private boolean dropOneOfEachArc() {
    boolean dropped = false;
    for (int arc : order) {
      dropped |= assignment.dropOne(arc);
    }
    return dropped;
  }

  /// Bellman-Ford from the nodes with room, against the direction of the hops. There is no cycle of
  /// negative cost, as the flow is a cheapest one.
  private void measureDistances() {
    for (int node = 0; node < nodes; node++) {
      distance[node] = assignment.room(node) > 0 ? 0 : FAR;
    }
    Arrays.fill(exhausted, false);
    boolean shorter = true;
    while (shorter) {
      shorter = false;
      for (int node = 0; node < nodes; node++) {
        int found = distanceOverHops(node);
        if (found < distance[node]) {
          distance[node] = found;
          shorter = true;
        }
      }
    }
  }

  private int distanceOverHops(int from) {
    int best = FAR;
    for (int to = 0; to < nodes; to++) {
      for (int cost = -1; cost <= 1 && distance[to] < FAR; cost++) {
        int length = cost * COST + HOP + distance[to];
        if (length < best && assignment.hasHop(from, to, cost)) {
          best = length;
        }
      }
    }
    return best;
  }

  private int shortestLength() {
    int shortest = FAR;
    for (int arc : order) {
      if (assignment.lacks(arc)) {
        for (int node = 0; node < nodes; node++) {
          shortest = Math.min(shortest, length(arc, node));
        }
      }
    }
    if (shortest == FAR) {
      throw new IllegalStateException("quotas that no assignment fulfils");
    }
    return shortest;
  }

  /// The length of the best path that gives a replica of the arc to the node.
  private int length(int arc, int node) {
    if (distance[node] == FAR || !assignment.mayTake(arc, node)) {
      return FAR;
    }
    return assignment.cost(arc, node) * COST + distance[node];
  }

  /// @return the number of replicas placed
  private int augmentAll(int length) {
    int placed = 0;
    for (int arc : order) {
      while (assignment.lacks(arc) && augment(arc, length)) {
        placed++;
      }
    }
    return placed;
  }

  private boolean augment(int arc, int length) {
    int node = drawNodeWithRoom(arc, length);
    if (node < 0) {
      node = nodeThatCanMakeRoom(arc, length);
    }
    if (node >= 0) {
      assignment.place(arc, node);
    }
    return node >= 0;
  }

  /// Draws among the nodes that can take the arc at once, in proportion to their room; -1 when
  /// there are none.
  private int drawNodeWithRoom(int arc, int length) {
    int drawn = -1;
    int total = 0;
    for (int node = 0; node < nodes; node++) {
      int room = assignment.room(node);
      if (distance[node] == 0 && room > 0 && length(arc, node) == length) {
        total += room;
        drawn = draws.below(total) < room ? node : drawn;
      }
    }
    return drawn;
  }

  private int nodeThatCanMakeRoom(int arc, int length) {
    int start = draws.below(nodes);
    for (int i = 0; i < nodes; i++) {
      int node = (start + i) % nodes;
      if (distance[node] != 0 && length(arc, node) == length && makeRoom(node)) {
        return node;
      }
    }
    return -1;
  }

  /// Moves one replica off the node along a shortest path, the last hop first. The number of hops
  /// falls with each call, so the depth is below the number of nodes.
  private boolean makeRoom(int node) {
    if (distance[node] == 0) {
      return assignment.room(node) > 0;
    }
    int start = draws.below(nodes);
    for (int i = 0; i < nodes && !exhausted[node]; i++) {
      int to = (start + i) % nodes;
      if (hopAway(node, to)) {
        return true;
      }
    }
    exhausted[node] = true;
    return false;
  }

  private boolean hopAway(int from, int to) {
    for (int cost = -1; cost <= 1; cost++) {
      boolean shortest = distance[from] == cost * COST + HOP + distance[to];
      if (shortest && assignment.hasHop(from, to, cost) && makeRoom(to)) {
        int start = draws.below(assignment.arcs());
        assignment.hop(assignment.arcOfHop(from, to, cost, start), from, to);
        return true;
      }
    }
    return false;
  }
}
