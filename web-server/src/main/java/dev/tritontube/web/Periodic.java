package dev.tritontube.web;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs something again and again, with a pause after each run, until it is closed.
final class Periodic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Periodic.class);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private Periodic(String name, Duration pause, Runnable task) {
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> loop(pause, task));
  }

  static Periodic start(String name, Duration pause, Runnable task) {
    Periodic periodic = new Periodic(name, pause, task);
    periodic.thread.start();
    return periodic;
  }

  private void loop(Duration pause, Runnable task) {
    try {
      do {
        run(task);
      } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("{} failed and goes on", thread.getName(), e);
    }
  }

  /// Waits for a run that is under way, some seconds at most.
  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(Duration.ofSeconds(3))) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
