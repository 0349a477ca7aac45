package dev.tritontube.web.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// The same blocking call for a handful of nodes at once.
final class Fan {
  private Fan() {}

  /// @param call bounded in time
  /// @return the results in the order of the inputs, when all are there
  static <T, R> List<R> out(Collection<T> inputs, Function<T, R> call) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<R>> running = new ArrayList<>();
      for (T input : inputs) {
        running.add(threads.submit(() -> call.apply(input)));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> future : running) {
        results.add(result(future));
      }
      return results;
    }
  }

  private static <R> R result(Future<R> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a call to a node broke off", e.getCause());
    }
  }
}
