package dev.tritontube.web.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How much each of many has left of what all of them may have: a token bucket (GCRA's other face)
/// each, filled evenly. Of the 100,000 that asked last; who was forgotten for others begins anew.
/// Thread-safe.
final class Buckets {
  private static final int MAX = 100_000;

  private final String name;
  private final int capacity;
  private final Duration period;
  private final LoadingCache<String, Bucket> buckets;

  /// @param capacity at once, and in each period
  /// @param nanoTime like `System::nanoTime`
  Buckets(String name, int capacity, Duration period, LongSupplier nanoTime) {
    this.name = name;
    this.capacity = capacity;
    this.period = period;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX)
            .expireAfterAccess(period)
            .ticker(nanoTime::getAsLong)
            .build(
                _ ->
                    Bucket.builder()
                        .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, period))
                        .withCustomTimePrecision(new Clock(nanoTime))
                        .build());
  }

  private record Clock(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /// What became of a wish for one more.
  ///
  /// @param left after it
  /// @param full until all of it may be had again
  /// @param retry until there is one, when there was none
  record Outcome(boolean granted, long left, Duration full, Duration retry) {}

  Outcome take(String who) {
    ConsumptionProbe probe = buckets.get(who).tryConsumeAndReturnRemaining(1);
    return new Outcome(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForReset()),
        Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /// `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10, section 3).
  String policy() {
    return "\"%s\";q=%d;w=%d".formatted(name, capacity, period.toSeconds());
  }

  /// `RateLimit` (section 4 of it).
  String state(Outcome outcome) {
    return "\"%s\";r=%d;t=%d".formatted(name, outcome.left(), seconds(outcome.full()));
  }

  /// Rounded up.
  static long seconds(Duration time) {
    return time.plusMillis(999).toSeconds();
  }
}
