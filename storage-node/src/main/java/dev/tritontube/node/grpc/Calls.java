package dev.tritontube.node.grpc;

import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Runs the blocking work of calls on virtual threads. What it throws ends the call; the failure
/// interceptor turns it into a status. Thread-safe.
final class Calls {
  /// The work of one call.
  interface Work {
    void run() throws Exception;
  }

  /// The answer of one call.
  interface Answer<T> {
    T make() throws Exception;
  }

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("call-", 0).factory());

  /// Starts work that may outlast the callback it is started from.
  Future<?> start(StreamObserver<?> observer, Work work) {
    return threads.submit(() -> run(observer, work));
  }

  /// Answers a call that has one answer, on the calling thread.
  static <T> void answer(StreamObserver<T> observer, Answer<T> answer) {
    run(
        observer,
        () -> {
          observer.onNext(answer.make());
          observer.onCompleted();
        });
  }

  private static void run(StreamObserver<?> observer, Work work) {
    try {
      work.run();
    } catch (CallCancelledException _) {
      // the caller is gone
    } catch (Exception failure) {
      observer.onError(failure);
    }
  }

  /// Waits for the work that is under way, then interrupts it.
  void stop(Duration patience) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException _) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
