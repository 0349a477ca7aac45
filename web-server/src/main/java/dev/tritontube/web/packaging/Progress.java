package dev.tritontube.web.packaging;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much of a plan is done, weighed by what its segments cost.
///
/// @param percent 0 to 99: 100 is for what has been published as whole
/// @param etaSeconds null while too little is done to tell
record Progress(int percent, @Nullable Integer etaSeconds) {
  private static final double AUDIO_WEIGHT = 20_000;
  private static final double SOME = 0.03;

  /// @param stored how many segments of each representation
  /// @param working since the work began
  static Progress of(EncodingPlan plan, Map<String, Long> stored, Duration working) {
    double total = 0;
    double done = 0;
    for (String id : plan.ids()) {
      // What one segment costs: its pixels, with something for each segment.
      double weight = plan.rung(id).map(rung -> (double) rung.pixels()).orElse(AUDIO_WEIGHT);
      total += weight * plan.timeline(id).count();
      done += weight * stored.getOrDefault(id, 0L);
    }
    double share = done / total;
    return new Progress((int) Math.min(99, 100 * share), eta(share, working));
  }

  private static @Nullable Integer eta(double share, Duration working) {
    return share < SOME ? null : (int) Math.ceil(working.toMillis() / 1000.0 * (1 - share) / share);
  }
}
