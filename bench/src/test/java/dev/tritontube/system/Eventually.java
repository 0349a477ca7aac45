package dev.tritontube.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Waits for what other processes bring about.
final class Eventually {
  /// For a machine that is full: what is encoded, repaired and cleaned up in the background stands
  /// back for everything else. Nothing waits so long when all is well.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Eventually() {}

  interface Condition {
    boolean holds() throws Exception;
  }

  /// Polls until the condition holds, however busy the machine is.
  ///
  /// @throws AssertionError when it does not hold in five minutes
  static void holds(String what, Condition condition) throws InterruptedException {
    within(PATIENCE, () -> what, condition);
  }

  /// @param what is asked for when there is somebody to tell, to say how far it came
  static void holds(Supplier<String> what, Condition condition) throws InterruptedException {
    within(PATIENCE, what, condition);
  }

  /// Polls until the condition holds, where it has to soon.
  ///
  /// @throws AssertionError when it does not hold in time
  static void within(Duration patience, String what, Condition condition)
      throws InterruptedException {
    within(patience, () -> what, condition);
  }

  private static void within(Duration patience, Supplier<String> what, Condition condition)
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
        throw new AssertionError("not within " + patience + ": " + what.get(), last);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
