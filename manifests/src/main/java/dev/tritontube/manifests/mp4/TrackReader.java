package dev.tritontube.manifests.mp4;

import dev.tritontube.manifests.presentation.Rational;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads a `trak` box and counts what its edit list leaves of its samples. Agrees with ffmpeg: a
/// frame is shown if it begins within an edit.
final class TrackReader {
  /// More than two days at 60 frames a second.
  private static final long MAX_FRAMES = 10_000_000;

  private static final int MAX_KEY_FRAMES = 1_000_000;
  private static final long MAX_STEPS = 50_000_000;

  private final long timescale;
  private final long movieTimescale;
  private final EditList edits;
  private final List<Long> keyFrames = new ArrayList<>();
  private long frames;
  private long firstShown = Long.MAX_VALUE;
  private long constantTicks = -1;
  private boolean constant = true;

  private TrackReader(long timescale, long movieTimescale, EditList edits) {
    this.timescale = timescale;
    this.movieTimescale = movieTimescale;
    this.edits = edits;
  }

  static MovieTrack read(Box trak, long movieTimescale) throws MalformedMp4Exception {
    TrackHeader header = TrackHeader.parse(trak);
    Box table = trak.child("mdia").child("minf").child("stbl");
    EditList edits = EditList.parse(trak);
    long samples = sampleCount(table);
    Rational whole = new Rational(totalTicks(table), header.timescale());
    Rational duration = edits.duration(movieTimescale, whole);
    Rational delay = new Rational(edits.delay(), movieTimescale);
    if (!header.handler().equals("vide")) {
      return new MovieTrack(
          header, samples, samples, delay, duration, OptionalLong.empty(), List.of());
    }
    TrackReader reader = new TrackReader(header.timescale(), movieTimescale, edits);
    reader.walk(new SampleTimes(table), samples);
    return reader.video(header, samples, delay, duration);
  }

  private MovieTrack video(TrackHeader header, long samples, Rational delay, Rational duration)
      throws MalformedMp4Exception {
    if (frames == 0) {
      return new MovieTrack(header, samples, 0, delay, duration, OptionalLong.empty(), List.of());
    }
    Collections.sort(keyFrames);
    keyFrames.replaceAll(time -> time - firstShown);
    return new MovieTrack(
        header,
        samples,
        frames,
        added(delay, firstShown),
        duration,
        constant && constantTicks > 0 ? OptionalLong.of(constantTicks) : OptionalLong.empty(),
        keyFrames);
  }

  private Rational added(Rational delay, long ticks) throws MalformedMp4Exception {
    try {
      return delay.plus(new Rational(Math.max(0, ticks), timescale));
    } catch (ArithmeticException e) {
      throw new MalformedMp4Exception("a track that begins beyond all bounds");
    }
  }

  private void walk(SampleTimes times, long samples) throws MalformedMp4Exception {
    if (samples > MAX_FRAMES || samples * edits.edits().size() > MAX_STEPS) {
      throw new MalformedMp4Exception("a video track of " + samples + " samples");
    }
    for (long i = 0; i < samples; i++) {
      times.next();
      if (i < samples - 1) {
        constant &= constantTicks < 0 || constantTicks == times.duration();
        constantTicks = times.duration();
      } else if (constantTicks < 0) {
        constantTicks = times.duration();
      }
      long shownBefore = 0;
      for (EditList.Edit edit : edits.edits()) {
        show(times, edit, shownBefore);
        shownBefore += ticks(edit.duration());
      }
    }
  }

  /// @param shownBefore ticks of the edits before this one
  private void show(SampleTimes times, EditList.Edit edit, long shownBefore)
      throws MalformedMp4Exception {
    long inEdit = times.composition() - edit.mediaTime();
    boolean shown =
        edit.implied()
            || (inEdit >= 0 && (edit.duration() == 0 || inEdit < ticks(edit.duration())));
    if (shown) {
      long time = shownBefore + inEdit;
      frames++;
      firstShown = Math.min(firstShown, time);
      if (times.sync()) {
        if (keyFrames.size() == MAX_KEY_FRAMES) {
          throw new MalformedMp4Exception("more than " + MAX_KEY_FRAMES + " key frames");
        }
        keyFrames.add(time);
      }
    }
  }

  /// Ticks of the movie in ticks of the track, to the nearest.
  private long ticks(long movieTicks) {
    return Math.round((double) movieTicks * timescale / movieTimescale);
  }

  private static long sampleCount(Box table) throws MalformedMp4Exception {
    Optional<Box> sizes = table.optionalChild("stsz");
    return (sizes.isPresent() ? sizes.get() : table.child("stz2")).fields().skip(8).u32();
  }

  private static long totalTicks(Box table) throws MalformedMp4Exception {
    Fields durations = table.child("stts").fields().skip(4);
    long ticks = 0;
    for (int runs = durations.count(8); runs > 0; runs--) {
      long product = durations.u32() * durations.u32();
      ticks += product;
      if (product < 0 || ticks < 0) {
        throw new MalformedMp4Exception("a sample table without end");
      }
    }
    return ticks;
  }
}
