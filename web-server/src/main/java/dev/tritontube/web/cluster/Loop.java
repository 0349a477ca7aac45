package dev.tritontube.web.cluster;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A task that is done again and again on a thread of its own until it is closed.
final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
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
    Outage outage = new Outage(name);
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(once(task, outage));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration once(Task task, Outage outage) throws InterruptedException {
    try {
      Duration wait = task.run();
      outage.succeeded();
      return wait;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      outage.failed(e);
      return AFTER_FAILURE;
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
