package dev.tritontube.web.blobs;

import java.time.Duration;
import java.util.Arrays;

/// When to ask a second replica: after the 95th percentile of the last first answers, for one read
/// in twenty at most. Thread-safe.
final class FirstAnswers {
  private static final int KEPT = 256;
  private static final int RECOMPUTED_EVERY = 32;
  private static final int PERCENT = 95;
  private static final double BUDGET = 0.05;
  private static final double MOST_SAVED = 10;
  private static final long LEAST_NANOS = Duration.ofMillis(5).toNanos();
  private static final long MOST_NANOS = Duration.ofMillis(500).toNanos();
  private static final long AT_FIRST_NANOS = Duration.ofMillis(150).toNanos();

  /// Guarded by this object's monitor, as are the fields below.
  private final long[] latencies = new long[KEPT];

  private int count;
  private double saved = 1;
  private volatile long hedgeAfterNanos = AT_FIRST_NANOS;

  synchronized void answeredAfter(long nanos) {
    latencies[count % KEPT] = nanos;
    count++;
    saved = Math.min(MOST_SAVED, saved + BUDGET);
    if (count >= KEPT && count % RECOMPUTED_EVERY == 0) {
      long[] sorted = latencies.clone();
      Arrays.sort(sorted);
      hedgeAfterNanos = Math.clamp(sorted[KEPT * PERCENT / 100], LEAST_NANOS, MOST_NANOS);
    }
  }

  long hedgeAfterNanos() {
    return hedgeAfterNanos;
  }

  /// True when the budget allows one more hedge; it is spent then.
  synchronized boolean mayHedge() {
    if (saved < 1) {
      return false;
    }
    saved -= 1;
    return true;
  }
}
