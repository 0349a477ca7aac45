package dev.tritontube.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for what other processes bring about.
final class Eventually {
  private Eventually() {}

  interface Condition {
    boolean holds() throws Exception;
  }

  /// Polls until the condition holds.
  ///
  /// @throws AssertionError when it does not hold in time
  static void within(Duration patience, String what, Condition condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Exception last = null;
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience + ": " + what, last);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
