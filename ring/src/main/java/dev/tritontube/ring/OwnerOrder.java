package dev.tritontube.ring;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.IntPredicate;

/// Puts the owners of each arc in order so that every node is first on its fair share of what it
/// owns, second on its fair share of the rest, and so on: what is asked of first owners is spread
/// evenly. Changing the order moves nothing.
///
/// For each place, nodes with more than their share hand it to another owner of the arc, along
/// chains of arcs found breadth first, until each has the share rounded down or up. An order with
/// these bounds exists, since giving each owner 1/R of the place is a fractional one and flows are
/// integral.
final class OwnerOrder {
  private static final int NONE = -1;

  private final char[] owners;
  private final int replicas;
  private final int place;
  private final int[] held;
  private final int[] rest;
  private final int[] firstArc;
  private final int[] nextArc;
  private final int[] arcTo;

  private OwnerOrder(int replicas, int nodes, char[] owners, int place) {
    this.owners = owners;
    this.replicas = replicas;
    this.place = place;
    this.held = new int[nodes];
    this.rest = new int[nodes];
    this.firstArc = new int[nodes];
    this.nextArc = new int[owners.length / replicas];
    this.arcTo = new int[nodes];
  }

  /// Orders in place, changing as little as it must.
  ///
  /// @param owners arcs x replicas
  static void balance(int replicas, int nodes, char[] owners) {
    for (int place = 0; place < replicas - 1; place++) {
      new OwnerOrder(replicas, nodes, owners, place).balancePlace();
    }
  }

  private void balancePlace() {
    for (int slot = 0; slot < owners.length; slot++) {
      held[owners[slot]] += slot % replicas == place ? 1 : 0;
      rest[owners[slot]] += slot % replicas >= place ? 1 : 0;
    }
    for (int node = 0; node < held.length; node++) {
      int from = node;
      while (held[node] > most(node)) {
        handOver(holder -> holder == from, taker -> held[taker] < most(taker));
      }
    }
    for (int node = 0; node < held.length; node++) {
      int to = node;
      while (held[node] < least(node)) {
        handOver(holder -> held[holder] > least(holder), taker -> taker == to);
      }
    }
  }

  private int least(int node) {
    return rest[node] / (replicas - place);
  }

  private int most(int node) {
    return Math.ceilDiv(rest[node], replicas - place);
  }

  /// Moves the place of one arc from a giver to a taker, along a shortest chain.
  private void handOver(IntPredicate giver, IntPredicate taker) {
    listHeldArcs();
    Arrays.fill(arcTo, NONE);
    Deque<Integer> reached = new ArrayDeque<>();
    for (int node = 0; node < held.length; node++) {
      if (giver.test(node)) {
        reached.add(node);
        arcTo[node] = Integer.MAX_VALUE;
      }
    }
    while (!reached.isEmpty()) {
      int end = reach(reached.remove(), reached, taker);
      if (end != NONE) {
        swapBackFrom(end);
        return;
      }
    }
    throw new IllegalStateException("no order with fair shares");
  }

  /// The arcs whose place each node holds, as linked lists.
  private void listHeldArcs() {
    Arrays.fill(firstArc, NONE);
    for (int arc = nextArc.length - 1; arc >= 0; arc--) {
      int holder = owners[arc * replicas + place];
      nextArc[arc] = firstArc[holder];
      firstArc[holder] = arc;
    }
  }

  /// Goes from a node to the later owners of the arcs whose place it holds; returns the first
  /// taker.
  private int reach(int node, Deque<Integer> reached, IntPredicate taker) {
    for (int arc = firstArc[node]; arc != NONE; arc = nextArc[arc]) {
      for (int later = place + 1; later < replicas; later++) {
        int other = owners[arc * replicas + later];
        if (arcTo[other] == NONE) {
          arcTo[other] = arc;
          reached.add(other);
          if (taker.test(other)) {
            return other;
          }
        }
      }
    }
    return NONE;
  }

  private void swapBackFrom(int end) {
    int node = end;
    held[end]++;
    while (arcTo[node] != Integer.MAX_VALUE) {
      int slot = arcTo[node] * replicas + place;
      int giver = owners[slot];
      int later = slot;
      while (owners[later] != node) {
        later++;
      }
      owners[slot] = (char) node;
      owners[later] = (char) giver;
      node = giver;
    }
    held[node]--;
  }
}
