package dev.tritontube.bench.crowd;

import dev.tritontube.dash.DashManifest.Representation;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// Takes the best that the line carried of late, or what comes before the buffer is empty, as the
/// rules of dash.js do. For one thread.
final class Throughput {
  private static final int REMEMBERED = 4;
  private static final double SHARE = 0.9;
  private static final double CAUTIOUS_SHARE = 0.7;
  private static final Comparator<Representation> BY_BANDWIDTH =
      Comparator.comparingLong(Representation::bandwidth);

  private final Deque<Double> bitsPerSecond = new ArrayDeque<>();

  void measured(Fetcher.Fetched fetched) {
    bitsPerSecond.addLast(fetched.bitsPerSecond());
    if (bitsPerSecond.size() > REMEMBERED) {
      bitsPerSecond.removeFirst();
    }
  }

  /// The smallest before anything was measured.
  ///
  /// @param lengths of segments that the buffer holds
  Representation choose(List<Representation> offered, double lengths) {
    double usable = Math.min(SHARE, CAUTIOUS_SHARE * lengths) * mean();
    return offered.stream()
        .filter(representation -> representation.bandwidth() <= usable)
        .max(BY_BANDWIDTH)
        .orElseGet(() -> offered.stream().min(BY_BANDWIDTH).orElseThrow());
  }

  /// The harmonic mean.
  private double mean() {
    double inverse = bitsPerSecond.stream().mapToDouble(rate -> 1 / rate).average().orElse(1);
    return 1 / inverse;
  }
}
