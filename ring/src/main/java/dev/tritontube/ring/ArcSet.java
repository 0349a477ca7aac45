package dev.tritontube.ring;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// A set of arcs. Immutable and thread-safe.
public final class ArcSet {
  private final BitSet arcs;

  private ArcSet(BitSet arcs) {
    this.arcs = arcs;
  }

  public static ArcSet of(List<ArcRange> ranges) {
    BitSet arcs = new BitSet();
    for (ArcRange range : ranges) {
      arcs.set(range.first(), range.last() + 1);
    }
    return new ArcSet(arcs);
  }

  /// The arcs among the first `arcs` that the predicate accepts.
  public static ArcSet where(int arcs, IntPredicate accepted) {
    BitSet set = new BitSet(arcs);
    for (int arc = 0; arc < arcs; arc++) {
      if (accepted.test(arc)) {
        set.set(arc);
      }
    }
    return new ArcSet(set);
  }

  public boolean contains(int arc) {
    return arcs.get(arc);
  }

  public boolean isEmpty() {
    return arcs.isEmpty();
  }

  public int size() {
    return arcs.cardinality();
  }

  public ArcSet union(ArcSet other) {
    BitSet union = (BitSet) arcs.clone();
    union.or(other.arcs);
    return new ArcSet(union);
  }

  public ArcSet without(ArcSet other) {
    BitSet rest = (BitSet) arcs.clone();
    rest.andNot(other.arcs);
    return new ArcSet(rest);
  }

  /// The arcs in ascending order.
  public IntStream stream() {
    return arcs.stream();
  }

  /// The same arcs as ranges, ascending, with gaps between them.
  public List<ArcRange> ranges() {
    List<ArcRange> ranges = new ArrayList<>();
    for (int first = arcs.nextSetBit(0); first >= 0; ) {
      int end = arcs.nextClearBit(first);
      ranges.add(new ArcRange(first, end - 1));
      first = arcs.nextSetBit(end);
    }
    return List.copyOf(ranges);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArcSet set && arcs.equals(set.arcs);
  }

  @Override
  public int hashCode() {
    return arcs.hashCode();
  }

  @Override
  public String toString() {
    return arcs.toString();
  }
}
