package dev.tritontube.web.packaging;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// How fast this process encodes what somebody waits for, and which sizes it can therefore promise
/// before they are made. Thread-safe.
///
/// A size is promised when it is made twice as fast as it is played under the load of the last
/// runs: dash.js never falls back from a size that it has chosen.
final class EncodingSpeed {
  private static final double MARGIN = 2;
  private static final double NEWEST_WEIGHT = 0.3;

  /// Pixels a second of one core before anything was measured (1080p at 30 frames takes 0.75 s of
  /// CPU a second).
  private static final double ASSUMED = 83e6;

  /// What a program needs before its first picture.
  private static final Duration START = Duration.ofMillis(150);

  /// Runs of smaller sizes say more about decoding.
  private static final long TELLING_PIXELS = 300_000;

  /// Guarded by this. Pixels a second.
  private double pixelsPerSecond = ASSUMED * Runtime.getRuntime().availableProcessors();

  /// @param frames that were made
  /// @param took from the start of the program
  synchronized void ran(Rung rung, long frames, Duration took) {
    Duration encoding = took.minus(START);
    if (rung.pixels() >= TELLING_PIXELS && encoding.isPositive()) {
      double measured = rung.pixels() * frames / (encoding.toNanos() / 1e9);
      pixelsPerSecond += NEWEST_WEIGHT * (measured - pixelsPerSecond);
    }
  }

  /// The representations that can be listed before they are made: all sound in any case, and the
  /// smallest size where there is no copy to play instead.
  Set<String> promised(EncodingPlan plan) {
    Set<String> promised = new HashSet<>();
    plan.audios().forEach(audio -> promised.add(audio.id()));
    EncodingPlan.Video video = plan.video();
    if (video != null) {
      double rate = video.rate().approximately();
      if (video.copy() == null) {
        promised.add(video.rungs().getFirst().id());
      }
      for (Rung rung : video.rungs()) {
        if (rung.pixels() * rate * MARGIN <= speed()) {
          promised.add(rung.id());
        }
      }
    }
    return promised;
  }

  private synchronized double speed() {
    return pixelsPerSecond;
  }
}
