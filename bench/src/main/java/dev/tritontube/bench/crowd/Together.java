package dev.tritontube.bench.crowd;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What is done at the same time, each by a thread of its own.
final class Together {
  private Together() {}

  /// Waits for the end of all, whatever it is.
  ///
  /// @throws IOException when one of them failed, with what it said
  static <T> void run(List<Callable<T>> tasks) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> ended : threads.invokeAll(tasks)) {
        ended.get();
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IOException(cause == null ? "failed" : String.valueOf(cause.getMessage()), e);
    }
  }
}
