package dev.tritontube.manifests.presentation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.ToLongFunction;

/// Bits per second of a representation.
///
/// @param peak what players have to reckon with (before the segments exist: what their encoder's
///   cap may come to)
/// @param average all bits by the whole length
public record Bandwidth(long peak, long average) {
  public Bandwidth {
    if (average < 1 || peak < average) {
      throw new IllegalArgumentException(
          "bandwidth needs 1 <= average (%d) <= peak (%d)".formatted(average, peak));
    }
  }

  /// Of segments that exist.
  ///
  /// The peak is the larger of what both manifests mean by it, which differ only where segments are
  /// of very different length. HLS: the largest rate of consecutive segments that together last 0.5
  /// to 1.5 times the target duration (RFC 8216, 4.1), so that a last segment of a few frames does
  /// not count alone. DASH: the least rate at which a player that begins with any segment has each
  /// in time, if it waited for as long as the longest lasts (ISO/IEC 23009-1, 5.3.5.2).
  ///
  /// @param lengths of segments in bytes
  public static Bandwidth of(Timeline timeline, ToLongFunction<Segment> lengths) {
    List<Segment> segments = timeline.segments().toList();
    long[] bytes = segments.stream().mapToLong(lengths).toArray();
    long total = 0;
    long peak = 1;
    for (int first = 0; first < bytes.length; first++) {
      total += bytes[first];
      peak = Math.max(peak, peakFrom(first, timeline, segments, bytes));
    }
    long average = rate(total, timeline.ticks(), timeline);
    return new Bandwidth(Math.max(peak, average), average);
  }

  private static long peakFrom(
      int first, Timeline timeline, List<Segment> segments, long[] lengths) {
    double target =
        Math.max(1, Math.round(timeline.seconds(timeline.longest()).approximately()))
            * (double) timeline.timescale();
    long peak = 1;
    long bytes = 0;
    long ticks = 0;
    for (int i = first; i < lengths.length; i++) {
      bytes += lengths[i];
      long before = ticks;
      ticks += segments.get(i).duration();
      if (ticks > 1.5 * target) {
        break;
      }
      peak = Math.max(peak, rate(bytes, timeline.longest() + before, timeline));
      if (ticks >= 0.5 * target) {
        peak = Math.max(peak, rate(bytes, ticks, timeline));
      }
    }
    return peak;
  }

  private static long rate(long bytes, long ticks, Timeline timeline) {
    return BigDecimal.valueOf(bytes)
        .multiply(BigDecimal.valueOf(Byte.SIZE * timeline.timescale()))
        .divide(BigDecimal.valueOf(ticks), 0, RoundingMode.CEILING)
        .longValueExact();
  }
}
