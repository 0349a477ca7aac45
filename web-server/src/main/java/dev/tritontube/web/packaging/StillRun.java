package dev.tritontube.web.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Some of the wanted times, whose pictures one run of ffmpeg takes.
///
/// @param first index of the first of them
/// @param end index after the last one
/// @param grid whether they are taken as places of their grid, rather than one by one
record StillRun(StillTimes times, int first, int end, boolean grid) {
  /// What an expression with a term for each of them may have.
  private static final int MAX_LISTED = 50;

  private static final double MAX_GAP_SECONDS = 600;

  /// What is decoded in vain when it is sought: half of what lies between key frames, which is five
  /// seconds with most cameras and encoders.
  private static final double APPROACH_SECONDS = 2.5;

  /// To start ffmpeg and open a file takes as long as to decode a second of one megapixel: 0.07 s
  /// of CPU against 0.11 s, and what is read of the ring.
  private static final double OPENING_SECONDS_AND_MEGAPIXELS = 1;

  StillRun {
    if (first < 0 || end <= first || end > times.count()) {
      throw new IllegalArgumentException(first + " to " + end + " of " + times.count());
    }
  }

  /// The next run: as many times as are so close that nothing is sought between them.
  ///
  /// @param gapSeconds for how long decoding costs less than to seek
  static StillRun next(StillTimes times, int first, double gapSeconds) {
    double gap = 1000 * gapSeconds;
    if (times instanceof StillTimes.Grid(long numerator, long denominator, int count)
        && (double) numerator / denominator <= gap) {
      return new StillRun(times, first, count, true);
    }
    int end = first + 1;
    while (end < times.count()
        && end - first < MAX_LISTED
        && times.millis(end) - times.millis(end - 1) <= gap) {
      end++;
    }
    return new StillRun(times, first, end, false);
  }

  /// For how long decoding costs less than to seek.
  ///
  /// @param pixels of a picture of the source
  static double gapSeconds(long pixels) {
    double opening = OPENING_SECONDS_AND_MEGAPIXELS * 1e6 / Math.max(1, pixels);
    return Math.min(MAX_GAP_SECONDS, APPROACH_SECONDS + opening);
  }

  /// What is left of it behind the first `taken`, one by one.
  StillRun rest(int taken) {
    int from = first + taken;
    return new StillRun(times, from, Math.min(end, from + MAX_LISTED), false);
  }

  int count() {
    return end - first;
  }

  double startSeconds() {
    return times.millis(first) / 1000.0;
  }

  double endSeconds() {
    return times.millis(end - 1) / 1000.0;
  }

  /// From decoded pictures, whose times count from the beginning of the presentation, to those that
  /// are shown at the wanted times: `fps` gives each place of a grid the last picture that is not
  /// after it. Takes none at all when the first picture that was decoded is after the first time,
  /// since seeking missed: then what is shown is not known.
  ///
  /// @param whole whether decoding began at the beginning, so that what is shown before the first
  ///   picture is that picture
  String filters(boolean whole) {
    String begin = whole ? ":start_time=0" : "";
    if (grid && times instanceof StillTimes.Grid(long numerator, long denominator, int _)) {
      return "fps=%d/%d:round=up%s,select='%s*gte(pts,%d)'"
          .formatted(1000 * denominator, numerator, begin, began(first), first);
    }
    List<String> wanted = new ArrayList<>();
    times.millis(first, end).forEach(millis -> wanted.add("eq(pts," + millis + ")"));
    return "fps=1000:round=up%s,tpad=stop=-1:stop_mode=clone,trim=end_pts=%d,select='%s*(%s)'"
        .formatted(
            begin,
            times.millis(end - 1) + 1,
            began(times.millis(first)),
            wanted.stream().collect(Collectors.joining("+")));
  }

  /// 1 when the first picture is not after a place of the grid, for all pictures alike.
  private static String began(long place) {
    return "st(0,if(eq(n,0),lte(pts,%d),ld(0)))".formatted(place);
  }
}
