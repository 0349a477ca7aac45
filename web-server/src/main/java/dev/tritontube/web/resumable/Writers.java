package dev.tritontube.web.resumable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The requests of this process that add to uploads, one for each at a time: a later one ends an
/// earlier one, whose client is gone or has begun anew. What that one has got is acknowledged
/// first, so that nothing need be sent twice. Thread-safe.
final class Writers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, Writer> writers = new ConcurrentHashMap<>();

  private record Writer(Stoppable body, CountDownLatch end) {}

  /// What is done with a body.
  interface Work<T> {
    T with(InputStream body) throws IOException;
  }

  /// Ends whoever writes, and waits until he has.
  void end(String upload) {
    Writer writer = writers.get(upload);
    if (writer != null) {
      end(writer);
    }
  }

  private static void end(Writer writer) {
    writer.body.stop();
    try {
      if (!writer.end.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Ended.takenOver();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Ended.takenOver();
    }
  }

  <T> T write(String upload, InputStream body, Work<T> work) throws IOException {
    Writer writer = new Writer(new Stoppable(body), new CountDownLatch(1));
    for (Writer other = writers.putIfAbsent(upload, writer);
        other != null;
        other = writers.putIfAbsent(upload, writer)) {
      end(other);
    }
    try {
      return work.with(writer.body);
    } finally {
      writers.remove(upload, writer);
      writer.end.countDown();
    }
  }
}
