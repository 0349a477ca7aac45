package dev.tritontube.web.packaging;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tells the dispatcher of this process that there may be something to do. Only a short cut: what
/// is to be done is in the catalog, and the dispatcher looks there by itself too. Thread-safe.
final class WorkSignal {
  private final Semaphore news = new Semaphore(0);

  void raise() {
    news.release();
  }

  /// Waits for the signal, or some time; one wait takes all signals raised before.
  ///
  /// @return whether the signal was raised
  boolean await(Duration patience) throws InterruptedException {
    boolean raised = news.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (raised) {
      news.drainPermits();
    }
    return raised;
  }
}
