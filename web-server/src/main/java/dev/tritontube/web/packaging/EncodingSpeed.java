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

  /// Shorter runs say more about the start of a program.
  private static final Duration TELLING = Duration.ofMillis(500);

  /// Guarded by this. Pixels a second.
  private double pixelsPerSecond = ASSUMED * Runtime.getRuntime().availableProcessors();

  synchronized void ran(double pixels, Duration took) {
    if (took.compareTo(TELLING) > 0) {
      double measured = pixels / (took.toNanos() / 1e9);
      pixelsPerSecond += NEWEST_WEIGHT * (measured - pixelsPerSecond);
    }
  }

  /// The representations that can be listed before they are made: the smallest size and all sound
  /// in any case.
  Set<String> promised(EncodingPlan plan) {
    Set<String> promised = new HashSet<>();
    plan.audios().forEach(audio -> promised.add(audio.id()));
    EncodingPlan.Video video = plan.video();
    if (video != null) {
      double rate = video.rate().approximately();
      promised.add(video.rungs().getFirst().id());
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
