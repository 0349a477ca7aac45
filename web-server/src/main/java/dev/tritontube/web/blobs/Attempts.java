package dev.tritontube.web.blobs;

import io.grpc.Deadline;
import java.util.random.RandomGenerator;

/// What every operation on the ring needs to call nodes and to call them again. Thread-safe.
record Attempts(
    NodeClient client, RingMetrics metrics, RetryBudget retries, RandomGenerator random) {

  Backoff backoff() {
    return new Backoff(random);
  }

  /// Waits before another attempt.
  ///
  /// @return false when there is to be none: no time, or too many retries already
  boolean again(Backoff backoff, Deadline deadline) throws InterruptedException {
    if (!retries.take() || !backoff.await(deadline)) {
      return false;
    }
    metrics.retried();
    return true;
  }
}
