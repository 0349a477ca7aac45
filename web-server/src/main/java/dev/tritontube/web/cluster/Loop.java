package dev.tritontube.web.cluster;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A task that is done again and again on a thread of its own until it is closed.
final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Thread thread;

  private Loop(Thread thread) {
    this.thread = thread;
  }

  /// @param task returns how long to wait before the next time
  static Loop start(String name, Task task) {
    return new Loop(Thread.ofPlatform().name(name).daemon().start(() -> repeat(name, task)));
  }

  /// One round.
  interface Task {
    Duration run() throws Exception;
  }

  private static void repeat(String name, Task task) {
    Duration afterFailure = Duration.ofSeconds(1);
    try {
      while (!Thread.interrupted()) {
        Duration wait;
        try {
          wait = task.run();
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          LOG.warn("{} failed and is tried again", name, e);
          wait = afterFailure;
        }
        Thread.sleep(wait);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Interrupts the task and waits until it is over.
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (!thread.join(CLOSING)) {
        LOG.warn("{} does not stop", thread.getName());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
