package dev.tritontube.ring;

import java.util.Arrays;

/// Replicas assigned to nodes, growing while [LeastMovement] works on them, and the hops that they
/// allow.
///
/// A *hop* u -> v of cost c is an arc that u could give to v: v has no replica of it, the zone cap
/// allows it, and c = cost(v) - cost(u), where a node that owns the arc now costs 0 and any other
/// 1.
///
/// Invariant, once `trackHops` was called: `hops[c + 1][u, v]` is the number of these arcs.
final class Assignment {
  /// In a table of owners: nobody.
  static final char NONE = Character.MAX_VALUE;

  private static final byte TAKEN = -1;

  private final int replicas;
  private final Quotas quotas;
  private final int nodes;
  private final char[] current;
  private final char[] assigned;
  private final int[] load;
  private final int[][] hops;
  private final byte[] offers;
  private final byte[] inZone;

  /// Starts with what is owned now.
  ///
  /// @param current arcs x replicas: the node that owns each replica now, NONE where no active one
  ///   does
  Assignment(int replicas, char[] current, Quotas quotas) {
    this.replicas = replicas;
    this.quotas = quotas;
    this.nodes = quotas.nodes().length;
    this.current = current;
    this.assigned = current.clone();
    this.load = new int[nodes];
    this.hops = new int[3][nodes * nodes];
    this.offers = new byte[nodes];
    Arrays.fill(offers, (byte) 1);
    this.inZone = new byte[nodes];
    for (char node : assigned) {
      if (node != NONE) {
        load[node]++;
      }
    }
  }

  int arcs() {
    return assigned.length / replicas;
  }

  int nodes() {
    return nodes;
  }

  /// How many replicas more the node is to take; negative when it has too many.
  int room(int node) {
    return quotas.nodes()[node] - load[node];
  }

  /// 0 when the node owns the arc now, 1 when taking it would be a move.
  int cost(int arc, int node) {
    return slotOf(current, arc, node) >= 0 ? 0 : 1;
  }

  boolean lacks(int arc) {
    return slotOf(assigned, arc, NONE) >= 0;
  }

  int lacking() {
    int lacking = 0;
    for (char node : assigned) {
      lacking += node == NONE ? 1 : 0;
    }
    return lacking;
  }

  /// True when one replica more of the arc may be put on the node, its quota aside.
  boolean mayTake(int arc, int node) {
    return slotOf(assigned, arc, node) < 0
        && countInZone(arc, quotas.zones()[node]) < quotas.zoneCap();
  }

  boolean hasHop(int from, int to, int cost) {
    return hops[cost + 1][from * nodes + to] > 0;
  }

  /// An arc behind a hop: the first one from `start` on, around the ring.
  int arcOfHop(int from, int to, int cost, int start) {
    for (int i = 0; i < arcs(); i++) {
      int arc = start + i < arcs() ? start + i : start + i - arcs();
      if (isHop(arc, from, to) && cost(arc, to) - cost(arc, from) == cost) {
        return arc;
      }
    }
    throw new IllegalStateException("no arc behind hop " + from + " -> " + to);
  }

  /// Takes one replica of the arc away from the node in the largest need of it: of those in zones
  /// with more than the cap when there are such, else of those beyond their quota. False when there
  /// is none.
  boolean dropOne(int arc) {
    int best = -1;
    for (int slot = arc * replicas; slot < (arc + 1) * replicas; slot++) {
      if (assigned[slot] != NONE && (best < 0 || urgency(arc, slot) > urgency(arc, best))) {
        best = slot;
      }
    }
    if (best < 0 || urgency(arc, best) <= 0) {
      return false;
    }
    load[assigned[best]]--;
    assigned[best] = NONE;
    return true;
  }

  boolean breachesZoneCap(int arc) {
    for (int slot = arc * replicas; slot < (arc + 1) * replicas; slot++) {
      if (assigned[slot] != NONE && isBeyondCap(arc, assigned[slot])) {
        return true;
      }
    }
    return false;
  }

  void trackHops() {
    for (int arc = 0; arc < arcs(); arc++) {
      countHops(arc, 1);
    }
  }

  void place(int arc, int node) {
    put(arc, slotOf(assigned, arc, NONE), node);
  }

  /// Gives a replica from one node to another.
  void hop(int arc, int from, int to) {
    load[from]--;
    put(arc, slotOf(assigned, arc, from), to);
  }

  /// Arcs x replicas. What never left its node is still in its place.
  char[] table() {
    return assigned.clone();
  }

  private void put(int arc, int slot, int node) {
    countHops(arc, -1);
    assigned[slot] = (char) node;
    load[node]++;
    countHops(arc, 1);
  }

  private long urgency(int arc, int slot) {
    long beyondQuota = -room(assigned[slot]);
    return isBeyondCap(arc, assigned[slot]) ? beyondQuota + Integer.MAX_VALUE : beyondQuota;
  }

  private boolean isBeyondCap(int arc, int node) {
    return countInZone(arc, quotas.zones()[node]) > quotas.zoneCap();
  }

  private boolean isHop(int arc, int from, int to) {
    if (slotOf(assigned, arc, from) < 0 || slotOf(assigned, arc, to) >= 0) {
      return false;
    }
    int zone = quotas.zones()[to];
    return zone == quotas.zones()[from] || countInZone(arc, zone) < quotas.zoneCap();
  }

  private int countInZone(int arc, int zone) {
    int found = 0;
    for (int slot = arc * replicas; slot < (arc + 1) * replicas; slot++) {
      if (assigned[slot] != NONE && quotas.zones()[assigned[slot]] == zone) {
        found++;
      }
    }
    return found;
  }

  private int slotOf(char[] table, int arc, int node) {
    for (int slot = arc * replicas; slot < (arc + 1) * replicas; slot++) {
      if (table[slot] == node) {
        return slot;
      }
    }
    return -1;
  }

  /// Adds (1) or takes away (-1) the hops that this arc offers.
  private void countHops(int arc, int change) {
    describe(arc);
    for (int slot = arc * replicas; slot < (arc + 1) * replicas; slot++) {
      if (assigned[slot] != NONE) {
        countHopsFrom(assigned[slot], cost(arc, assigned[slot]), change);
      }
    }
    forget(arc);
  }

  private void countHopsFrom(int from, int costOfStaying, int change) {
    int[] zones = quotas.zones();
    for (int to = 0; to < nodes; to++) {
      boolean fits = inZone[zones[to]] < quotas.zoneCap() || zones[to] == zones[from];
      if (fits && offers[to] != TAKEN) {
        hops[offers[to] - costOfStaying + 1][from * nodes + to] += change;
      }
    }
  }

  /// Lays the arc out by node (what taking it costs) and by zone (replicas in it).
  private void describe(int arc) {
    for (int slot = arc * replicas; slot < (arc + 1) * replicas; slot++) {
      if (current[slot] != NONE && offers[current[slot]] != TAKEN) {
        offers[current[slot]] = 0;
      }
      if (assigned[slot] != NONE) {
        offers[assigned[slot]] = TAKEN;
        inZone[quotas.zones()[assigned[slot]]]++;
      }
    }
  }

  private void forget(int arc) {
    for (int slot = arc * replicas; slot < (arc + 1) * replicas; slot++) {
      if (current[slot] != NONE) {
        offers[current[slot]] = 1;
      }
      if (assigned[slot] != NONE) {
        offers[assigned[slot]] = 1;
        inZone[quotas.zones()[assigned[slot]]] = 0;
      }
    }
  }
}
