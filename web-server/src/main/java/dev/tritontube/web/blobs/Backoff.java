package dev.tritontube.web.blobs;

import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Waits between attempts that grow twofold, each drawn at random between nothing and its length.
/// For one thread.
final class Backoff {
  private static final long FIRST_NANOS = Duration.ofMillis(25).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMillis(400).toNanos();

  private final RandomGenerator random;
  private long nextNanos = FIRST_NANOS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// Waits, but never past the deadline.
  ///
  /// @return false when the deadline leaves no time for another attempt
  boolean await(Deadline deadline) throws InterruptedException {
    long pauseNanos = FIRST_NANOS / 2 + random.nextLong(nextNanos);
    nextNanos = Math.min(2 * nextNanos, LONGEST_NANOS);
    if (pauseNanos >= deadline.timeRemaining(TimeUnit.NANOSECONDS)) {
      return false;
    }
    TimeUnit.NANOSECONDS.sleep(pauseNanos);
    return true;
  }
}
