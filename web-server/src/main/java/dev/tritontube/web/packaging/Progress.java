package dev.tritontube.web.packaging;

import dev.tritontube.web.packaging.AssetMedia.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far an encoding is.
///
/// @param percent 0 to 99: 100 is for what has been published as whole
/// @param etaSeconds null when nobody can tell
/// @param reason why it takes longer than it might; null: it does not
record Progress(int percent, @Nullable Integer etaSeconds, @Nullable Reason reason) {
  private static final double AUDIO_WEIGHT = 20_000;
  private static final int ALMOST = 99;

  static Progress of(double share, @Nullable Integer etaSeconds, @Nullable Reason reason) {
    return new Progress((int) Math.min(ALMOST, 100 * share), etaSeconds, reason);
  }

  /// How much of a plan is done, weighed by what its segments cost.
  ///
  /// @param stored how many segments of each representation
  /// @return 0 to 1
  static double share(EncodingPlan plan, Map<String, Long> stored) {
    double total = 0;
    double done = 0;
    for (String id : plan.ids()) {
      // What one segment costs: its pixels, with something for each segment.
      double weight = plan.rung(id).map(rung -> (double) rung.pixels()).orElse(AUDIO_WEIGHT);
      total += weight * plan.timeline(id).count();
      done += weight * stored.getOrDefault(id, 0L);
    }
    return total == 0 ? 1 : Math.min(1, done / total);
  }
}
