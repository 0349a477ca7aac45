package dev.tritontube.web;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for what other threads bring about.
public final class Eventually {
  /// For a machine that is full. Nothing waits so long when all is well.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private Eventually() {}

  public interface Condition {
    boolean holds() throws Exception;
  }

  /// Looks again and again until the condition holds.
  ///
  /// @throws AssertionError when it does not hold within two minutes
  public static void holds(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
