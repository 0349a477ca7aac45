package dev.tritontube.manifests.mp4;

import java.util.Arrays;

/// When the frames of a track are shown.
///
/// An edit list places media time on the movie's clock. What ffmpeg makes of it is followed to the
/// tick, since ffmpeg decodes the frames that are counted here: a frame is shown if it begins
/// within the edit, and the first one shown begins with the edit, not later, wherever in it the
/// edit cuts.
final class FrameTimes {
  private FrameTimes() {}

  static long[] of(Box table, long samples, EditList edits) throws MalformedMp4Exception {
    SampleTable.checkCount(samples);
    SampleTimes sample = new SampleTimes(table);
    long[] times = new long[(int) samples];
    int shown = 0;
    long firstDecode = 0;
    long earliest = -1; // Below 0 means none yet, even when it was computed: so does ffmpeg.
    for (long i = 0; i < samples; i++) {
      sample.next();
      if (edits.shows(sample.composition())) {
        firstDecode = shown == 0 ? sample.decode() : firstDecode;
        times[shown++] = sample.composition();
        long place = edits.delay() + sample.composition() - firstDecode;
        earliest = earliest < 0 ? place : Math.min(earliest, place);
      }
    }
    if (edits.present()) {
      long late = Math.max(0, earliest - edits.delay());
      shift(times, shown, edits.delay() - firstDecode - late);
    }
    long[] ascending = Arrays.copyOf(times, shown);
    Arrays.sort(ascending);
    return ascending;
  }

  private static void shift(long[] times, int count, long ticks) {
    for (int i = 0; i < count; i++) {
      times[i] += ticks;
    }
  }
}
