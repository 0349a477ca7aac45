package dev.tritontube.bench.crowd;

import java.util.Arrays;
import java.util.function.LongSupplier;

/// Where somebody is who watches at the pace of the clock, as long as there are pictures and sound.
/// What begins when one of them has run out, and ends when both go on, is a stall. Thread-safe.
final class Playhead {
  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private final double lengthSeconds;

  /// Guarded by this: up to where each track has come.
  private final double[] ends;

  /// Guarded by this: where it was at `anchorNanos`, when it last began or ceased to move.
  private double anchor;

  /// Guarded by this.
  private long anchorNanos;

  /// Guarded by this.
  private boolean moving;

  /// Guarded by this: whether it ever moved.
  private boolean begun;

  /// Guarded by this.
  private Stalls stalls = Stalls.NONE;

  /// @param longestSeconds 0 when there was none
  record Stalls(int count, double longestSeconds) {
    static final Stalls NONE = new Stalls(0, 0);

    private Stalls and(double seconds) {
      return new Stalls(count + 1, Math.max(longestSeconds, seconds));
    }
  }

  /// @param from where it begins, in seconds
  Playhead(LongSupplier nanoTime, int tracks, double from, double lengthSeconds) {
    this.nanoTime = nanoTime;
    this.lengthSeconds = lengthSeconds;
    this.ends = new double[tracks];
    this.anchor = from;
    this.anchorNanos = nanoTime.getAsLong();
    Arrays.fill(ends, from);
  }

  /// More of a track has come.
  synchronized void arrived(int track, double endSeconds) {
    long now = nanoTime.getAsLong();
    settle(now);
    ends[track] = Math.max(ends[track], Math.min(endSeconds, lengthSeconds));
    if (!moving && buffered() > anchor) {
      noteStall(now);
      moving = true;
      begun = true;
      anchorNanos = now;
    }
  }

  /// Seconds from the beginning of the video.
  synchronized double position() {
    long now = nanoTime.getAsLong();
    settle(now);
    return reached(now);
  }

  synchronized boolean atEnd() {
    return position() >= lengthSeconds;
  }

  /// The stalls so far, one that lasts included.
  synchronized Stalls stalls() {
    long now = nanoTime.getAsLong();
    settle(now);
    return stalled() ? stalls.and((now - anchorNanos) / NANOS) : stalls;
  }

  private void noteStall(long now) {
    if (stalled()) {
      stalls = stalls.and((now - anchorNanos) / NANOS);
    }
  }

  private boolean stalled() {
    return begun && !moving && anchor < lengthSeconds;
  }

  /// It stands still since it had shown all there was.
  private void settle(long now) {
    double end = buffered();
    if (moving && reached(now) >= end) {
      moving = false;
      anchorNanos += (long) ((end - anchor) * NANOS);
      anchor = end;
    }
  }

  private double reached(long now) {
    return moving ? anchor + (now - anchorNanos) / NANOS : anchor;
  }

  private double buffered() {
    return Arrays.stream(ends).min().orElseThrow();
  }
}
