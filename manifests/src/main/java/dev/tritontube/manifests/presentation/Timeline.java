package dev.tritontube.manifests.presentation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The segments of a track: contiguous, in exact ticks, run-length encoded. All representations of
/// a track share one timeline, so they are aligned by construction.
///
/// The first segment begins where its period begins: late tracks are filled before they get here.
///
/// @param timescale ticks a second; for video a multiple of the frame rate's numerator, so that
///   every frame begins at a whole tick
/// @param offset media time (`tfdt`) of the first segment, DASH's `presentationTimeOffset`
/// @param firstNumber number of the first segment: 0, or in a later period the number after the
///   last of the period before
/// @param runs lengths of the segments, neighbours of equal length joined
public record Timeline(long timescale, long offset, long firstNumber, List<Run> runs) {
  /// More than any file has: 23 days of segments of 2 s.
  public static final long MAX_SEGMENTS = 1_000_000;

  private static final long MAX_TIMESCALE = 0xffff_ffffL;

  public Timeline {
    if (timescale < 1 || timescale > MAX_TIMESCALE) {
      throw new IllegalArgumentException("timescale " + timescale + " is not in 1 to 2^32-1");
    }
    if (offset < 0 || firstNumber < 0) {
      throw new IllegalArgumentException(
          "offset (%d) and first number (%d) must not be negative".formatted(offset, firstNumber));
    }
    runs = joined(runs);
    checkSize(offset, runs);
  }

  /// Segments of `segmentTicks` each, the last one shorter if it does not divide `totalTicks`.
  public static Timeline uniform(long timescale, long segmentTicks, long totalTicks) {
    if (segmentTicks < 1 || totalTicks < 1) {
      throw new IllegalArgumentException(
          "no grid of %d ticks over %d ticks".formatted(segmentTicks, totalTicks));
    }
    List<Run> runs = new ArrayList<>(2);
    if (totalTicks >= segmentTicks) {
      runs.add(new Run(segmentTicks, totalTicks / segmentTicks));
    }
    if (totalTicks % segmentTicks != 0) {
      runs.add(new Run(totalTicks % segmentTicks, 1));
    }
    return new Timeline(timescale, 0, 0, runs);
  }

  /// Segments of the given lengths in ticks.
  public static Timeline of(long timescale, LongStream durations) {
    return new Timeline(
        timescale,
        0,
        0,
        durations.limit(MAX_SEGMENTS + 1).mapToObj(ticks -> new Run(ticks, 1)).toList());
  }

  /// The same segments with their media time starting at `newOffset` and their numbers at
  /// `newFirstNumber`.
  public Timeline from(long newOffset, long newFirstNumber) {
    return new Timeline(timescale, newOffset, newFirstNumber, runs);
  }

  public long count() {
    return runs.stream().mapToLong(Run::count).sum();
  }

  /// Length of all segments in ticks.
  public long ticks() {
    return runs.stream().mapToLong(Run::ticks).sum();
  }

  /// Length of all segments in seconds.
  public Rational duration() {
    return seconds(ticks());
  }

  public Rational seconds(long ticks) {
    return new Rational(ticks, timescale);
  }

  /// Length in ticks of the longest segment.
  public long longest() {
    return runs.stream().mapToLong(Run::duration).max().orElseThrow();
  }

  /// Whether all segments have one length, only the last may be shorter.
  public boolean regular() {
    return switch (runs.size()) {
      case 1 -> true;
      case 2 -> runs.get(1).count() == 1 && runs.get(1).duration() < runs.get(0).duration();
      default -> false;
    };
  }

  public Stream<Segment> segments() {
    return LongStream.range(firstNumber, firstNumber + count()).mapToObj(new Cursor(runs)::next);
  }

  /// Whether there is a segment of this number.
  public boolean contains(long number) {
    return number >= firstNumber && number - firstNumber < count();
  }

  /// @throws IndexOutOfBoundsException if there is no segment of this number
  public Segment segment(long number) {
    long left = number - firstNumber;
    long start = offset;
    if (left >= 0) {
      for (Run run : runs) {
        if (left < run.count()) {
          return new Segment(number, start + left * run.duration(), run.duration());
        }
        left -= run.count();
        start += run.ticks();
      }
    }
    throw new IndexOutOfBoundsException(
        "segment %d is not in %d to %d".formatted(number, firstNumber, firstNumber + count() - 1));
  }

  /// The segment that holds a media time, the last one for a time at or after the end.
  public Segment at(long mediaTime) {
    long start = offset;
    long number = firstNumber;
    for (Run run : runs) {
      if (mediaTime < start + run.ticks()) {
        long index = Math.max(0, mediaTime - start) / run.duration();
        return new Segment(number + index, start + index * run.duration(), run.duration());
      }
      start += run.ticks();
      number += run.count();
    }
    return segment(number - 1);
  }

  private static List<Run> joined(List<Run> runs) {
    List<Run> joined = new ArrayList<>();
    for (Run run : runs) {
      if (!joined.isEmpty() && joined.getLast().duration() == run.duration()) {
        Run before = joined.removeLast();
        joined.add(new Run(run.duration(), Math.addExact(before.count(), run.count())));
      } else {
        joined.add(run);
      }
    }
    return List.copyOf(joined);
  }

  private static void checkSize(long offset, List<Run> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a timeline needs a segment");
    }
    long count = 0;
    long end = offset;
    for (Run run : runs) {
      count = Math.addExact(count, run.count());
      if (count > MAX_SEGMENTS) {
        throw new IllegalArgumentException("a timeline has at most " + MAX_SEGMENTS + " segments");
      }
      end = Math.addExact(end, run.ticks());
    }
  }

  /// Walks over the runs once.
  private final class Cursor {
    private final List<Run> runs;
    private int run;
    private long index;
    private long start = offset;

    Cursor(List<Run> runs) {
      this.runs = runs;
    }

    Segment next(long number) {
      if (index == runs.get(run).count()) {
        run++;
        index = 0;
      }
      Segment segment = new Segment(number, start, runs.get(run).duration());
      index++;
      start += segment.duration();
      return segment;
    }
  }
}
