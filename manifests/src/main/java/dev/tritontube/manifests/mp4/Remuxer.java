package dev.tritontube.manifests.mp4;

import dev.tritontube.manifests.mp4.RemuxResult.Possible;
import dev.tritontube.manifests.mp4.RemuxResult.Reason;
import dev.tritontube.manifests.mp4.RemuxResult.Refused;
import dev.tritontube.manifests.presentation.Timeline;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/// Decides whether the pictures of a file can be played as they are, and cuts them into segments.
///
/// What the tables do not say is not checked here: whether the pictures are interlaced.
public final class Remuxer {
  public static final int MAX_SEGMENT_BYTES = 60 << 20;

  private static final int LEAST_SECONDS = 2;

  /// 10 s, and some more, since encoders count frames: 250 of them, at 24000/1001, are 10.4 s.
  private static final double FARTHEST_SECONDS = 10.5;

  private static final int LOOKED_AT = 2;

  private Remuxer() {}

  /// @param track of the file
  /// @param file in which a few bytes of some key frames are looked at
  /// @param timescale ticks a second of the representation's timeline
  /// @param frameTicks length of a frame in these, so that the rate is their quotient
  /// @throws IOException if the file cannot be read
  public static RemuxResult remux(
      MovieTrack track, ByteSource file, long timescale, long frameTicks) throws IOException {
    try {
      Optional<AvcEntry> entry = AvcEntry.parse(track.description());
      if (!track.header().handler().equals("vide") || entry.isEmpty()) {
        return new Refused(Reason.NOT_PLAIN_H264);
      }
      if (!entry.get().playsEverywhere()) {
        return new Refused(Reason.PROFILE);
      }
      if (!track.upright() || !entry.get().squarePixels()) {
        return new Refused(Reason.NOT_UPRIGHT);
      }
      if (track.samplesInFile() < track.samples()) {
        return new Refused(Reason.TRUNCATED);
      }
      if (track.frameTimes().length < track.samples()) {
        return new Refused(Reason.HIDDEN_FRAMES);
      }
      return cut(track, entry.get(), file, timescale, frameTicks);
    } catch (MalformedMp4Exception e) {
      return new Refused(Reason.UNREADABLE);
    }
  }

  private static RemuxResult cut(
      MovieTrack track, AvcEntry entry, ByteSource file, long timescale, long frameTicks)
      throws IOException {
    SampleTable samples = track.sampleTable();
    if (samples.count() == 0 || !samples.sync(0)) {
      return new Refused(Reason.FIRST_FRAME);
    }
    double period = (double) track.header().timescale() * frameTicks / timescale;
    FrameOrder order = new FrameOrder(samples, period);
    if (!order.regular()) {
      return new Refused(order.firstShownFirst() ? Reason.IRREGULAR : Reason.FIRST_FRAME);
    }
    long[] lengths = segments(order.starts(), samples.count(), timescale, frameTicks);
    if (lengths.length == 0) {
      return new Refused(Reason.FEW_KEY_FRAMES);
    }
    Timeline timeline = Timeline.of(timescale, LongStream.of(lengths));
    Remux remux = new Remux(track.header().id(), entry, samples, order, timeline, frameTicks);
    if (timeline.segments().anyMatch(segment -> remux.length(segment) > MAX_SEGMENT_BYTES)) {
      return new Refused(Reason.TOO_LARGE);
    }
    return refreshing(remux, samples, file, entry.lengthBytes())
        ? new Possible(remux)
        : new Refused(Reason.NOT_IDR);
  }

  /// In ticks; none when frames with which a segment can begin are too far apart. What is short at
  /// the end goes to the segment before.
  private static long[] segments(int[] starts, int count, long timescale, long frameTicks) {
    double least = LEAST_SECONDS * (double) timescale / frameTicks;
    double farthest = FARTHEST_SECONDS * timescale / frameTicks;
    long[] lengths = new long[starts.length];
    int segments = 0;
    int begun = 0;
    for (int i = 1; i <= starts.length; i++) {
      int next = i < starts.length ? starts[i] : count;
      if (next - starts[i - 1] > farthest) {
        return new long[0];
      }
      boolean last = count - next < least && count - begun <= farthest;
      if (next == count || (next - begun >= least && !last)) {
        lengths[segments++] = (next - begun) * frameTicks;
        begun = next;
      }
    }
    return Arrays.copyOf(lengths, segments);
  }

  /// Looks at the first frames of some segments. A file's key frames are all of one kind.
  private static boolean refreshing(
      Remux remux, SampleTable samples, ByteSource file, int lengthBytes) throws IOException {
    long segments = remux.timeline().count();
    long step = Math.max(1, segments / LOOKED_AT);
    for (long number = 0; number < segments; number += step) {
      int sample = remux.firstSample(number);
      FileRange place = new FileRange(samples.offset(sample), samples.size(sample));
      if (!NalUnits.refresh(file, place, lengthBytes)) {
        return false;
      }
    }
    return true;
  }
}
