package dev.tritontube.web.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The times at which pictures are taken, in order, counted from the beginning of the presentation.
public sealed interface StillTimes {
  /// How many there are, at least 1.
  int count();

  /// One of them, in whole milliseconds, rounded down.
  long millis(int index);

  /// As the catalog has it; `parse` reads it.
  String text();

  /// A grid from the beginning on: number k is at k * numerator / denominator milliseconds.
  ///
  /// @param numerator at most that of 24 hours
  /// @param denominator at most as large, so that no two times are the same millisecond
  record Grid(long numerator, long denominator, int count) implements StillTimes {
    private static final long DAY_MILLIS = 24 * 3_600_000L;

    public Grid {
      if (denominator < 1 || numerator < denominator || numerator > DAY_MILLIS || count < 1) {
        throw new IllegalArgumentException(
            "no grid of " + count + " times of " + numerator + "/" + denominator + " ms");
      }
    }

    @Override
    public long millis(int index) {
      return index * numerator / denominator;
    }

    @Override
    public String text() {
      return numerator + "/" + denominator + "x" + count;
    }
  }

  /// @param all ascending, none of them twice
  record Listed(List<Long> all) implements StillTimes {
    public Listed {
      all = List.copyOf(all);
      if (all.isEmpty() || all.getFirst() < 0 || !ascending(all)) {
        throw new IllegalArgumentException("times are ascending, from 0 on");
      }
    }

    private static boolean ascending(List<Long> all) {
      for (int i = 1; i < all.size(); i++) {
        if (all.get(i) <= all.get(i - 1)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int count() {
      return all.size();
    }

    @Override
    public long millis(int index) {
      return all.get(index);
    }

    @Override
    public String text() {
      return all.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
  }

  /// Every so many milliseconds, from the beginning on to before the end.
  ///
  /// @param lengthMillis of the presentation
  static StillTimes every(long stepMillis, long lengthMillis) {
    int count = Math.toIntExact(Math.ceilDiv(Math.max(1, lengthMillis), stepMillis));
    return new Grid(stepMillis, 1, count);
  }

  /// So many with equal distances, from the beginning on to before the end.
  ///
  /// @param lengthMillis of the presentation, at least as many
  static StillTimes spread(int count, long lengthMillis) {
    return new Grid(lengthMillis, count, count);
  }

  /// @throws IllegalArgumentException when it is not what `text` wrote
  static StillTimes parse(String text) {
    String[] grid = text.split("[/x]");
    if (grid.length == 3) {
      return new Grid(Long.parseLong(grid[0]), Long.parseLong(grid[1]), Integer.parseInt(grid[2]));
    }
    List<Long> all = new ArrayList<>();
    for (String millis : text.split(",", -1)) {
      all.add(Long.parseLong(millis));
    }
    return new Listed(all);
  }

  /// Some of them in whole milliseconds.
  default List<Long> millis(int first, int end) {
    return LongStream.range(first, end).mapToObj(index -> millis((int) index)).toList();
  }
}
