package dev.tritontube.client;

import dev.tritontube.client.TritonTubeException.Refused;
import java.time.Duration;
import java.util.function.Predicate;

/// One call's tries. For one thread.
final class Attempts {
  /// What is safe to send again, since nothing can have been done.
  static final Predicate<TritonTubeException> IF_UNDONE =
      failure ->
          switch (failure) {
            case Refused refused -> refused.leftUndone();
            case TritonTubeException.Unreachable unreachable -> !unreachable.mayBeDone();
            default -> false;
          };

  /// What may succeed later, of requests that may be carried out twice.
  static final Predicate<TritonTubeException> IF_TEMPORARY =
      failure ->
          switch (failure) {
            case Refused refused -> refused.isTemporary();
            case TritonTubeException.Unreachable _ -> true;
            default -> false;
          };

  private final Requests.Policy policy;
  private final Requests.World world;
  private int failures;

  Attempts(Requests.Policy policy, Requests.World world) {
    this.policy = policy;
    this.world = world;
  }

  /// Something went forward: failures are counted anew.
  void succeeded() {
    failures = 0;
  }

  /// Pauses before the next try, or throws what went wrong.
  ///
  /// @param again which failures are worth another try
  void pauseAfter(TritonTubeException failure, Predicate<TritonTubeException> again) {
    Retries retries = policy.retries();
    Duration asked =
        failure instanceof Refused refused
            ? refused.retryAfter().orElse(Duration.ZERO)
            : Duration.ZERO;
    boolean tooLate = asked.compareTo(retries.longest()) > 0;
    if (failures >= retries.inARow() || tooLate || !again.test(failure)) {
      throw failure;
    }
    Duration pause = delay(retries);
    Duration longer = pause.compareTo(asked) < 0 ? asked : pause;
    failures++;
    policy.onRetry().accept(failure, longer);
    world.pause(longer);
  }

  private Duration delay(Retries retries) {
    long nanos = retries.first().toNanos();
    for (int i = 0; i < failures && nanos < retries.longest().toNanos(); i++) {
      nanos *= 2;
    }
    nanos = Math.min(nanos, retries.longest().toNanos());
    return Duration.ofNanos((long) (nanos * (0.5 + world.random().nextDouble() / 2)));
  }
}
