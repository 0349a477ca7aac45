package dev.tritontube.web.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How often, and after which pauses, what failed is tried again: after 1, 2, 4 … 60 s, a quarter
/// more or less, so that what failed together does not come back together. Thread-safe if its
/// generator is.
///
/// @param retries how often in a row
public record RetryPolicy(int retries, RandomGenerator random) {
  /// Nearly an hour.
  public static final int USUAL_RETRIES = 60;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final double JITTER = 0.25;

  public RetryPolicy {
    if (retries < 0) {
      throw new IllegalArgumentException("a number of retries is at least 0, not " + retries);
    }
  }

  /// @param failures in a row, at least 1
  /// @return empty when it failed too often
  public Optional<Duration> pauseAfter(int failures) {
    if (failures > retries) {
      return Optional.empty();
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Optional.of(Duration.ofMillis(Math.round(bounded.toMillis() * factor)));
  }
}
