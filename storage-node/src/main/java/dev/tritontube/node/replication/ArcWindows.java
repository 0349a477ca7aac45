package dev.tritontube.node.replication;

import dev.tritontube.ring.ArcRange;
import dev.tritontube.ring.ArcSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Cuts a set of arcs into windows, so that the lists of one window fit in memory: few arcs where
/// many blobs were seen, many where there are few. Not thread-safe.
final class ArcWindows {
  private static final int FIRST_ARCS = 64;
  private static final int MOST_ARCS = 4096;
  private static final long FEW_ENTRIES = 2_000;
  private static final long MANY_ENTRIES = 16_000;

  private final Deque<ArcRange> left;
  private int arcs = FIRST_ARCS;

  ArcWindows(ArcSet all) {
    this.left = new ArrayDeque<>(all.ranges());
  }

  boolean hasNext() {
    return !left.isEmpty();
  }

  /// The next window, as ranges.
  List<ArcRange> next() {
    List<ArcRange> window = new ArrayList<>();
    int room = arcs;
    while (room > 0 && !left.isEmpty()) {
      ArcRange range = left.remove();
      if (range.size() > room) {
        int cut = range.first() + room;
        left.addFirst(new ArcRange(cut, range.last()));
        range = new ArcRange(range.first(), cut - 1);
      }
      window.add(range);
      room -= range.size();
    }
    return window;
  }

  /// Tells how many entries the last window had.
  void saw(long entries) {
    if (entries < FEW_ENTRIES) {
      arcs = Math.min(MOST_ARCS, arcs * 2);
    } else if (entries > MANY_ENTRIES) {
      arcs = Math.max(1, arcs / 2);
    }
  }
}
