package dev.tritontube.node.engine;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The platform threads in which a disk is read.
///
/// A `FileChannel` closes for everybody when a thread is interrupted in it. Callers may be
/// interrupted, these threads never are. They also keep blocking reads off the carriers of virtual
/// threads, and bound what a disk is asked at a time.
final class IoThreads implements AutoCloseable {
  private static final int QUEUED_PER_THREAD = 128;

  private final ExecutorService threads;
  private final Semaphore places;
  private final Duration maxWait;

  IoThreads(int count, Duration maxWait) {
    this.threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("disk-reader-", 1).factory());
    this.places = new Semaphore(count * QUEUED_PER_THREAD);
    this.maxWait = maxWait;
  }

  /// Waits for the result, whether interrupted or not: the read may fill the caller's buffer.
  ///
  /// @throws StoreBusyException when too many reads are waiting
  <T> T call(Callable<T> read) throws IOException {
    if (!Uninterruptibles.tryAcquireUninterruptibly(
        places, maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new StoreBusyException("too many reads are waiting for the disk");
    }
    try {
      return submit(read).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("the read failed", e.getCause());
    } finally {
      places.release();
    }
  }

  /// Waits for the reads under way.
  @Override
  public void close() {
    threads.shutdown();
    Uninterruptibles.awaitTerminationUninterruptibly(threads);
  }

  private <T> CompletableFuture<T> submit(Callable<T> read) throws IOException {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      threads.execute(() -> complete(result, read));
    } catch (RejectedExecutionException e) {
      throw new IOException("the store is closed", e);
    }
    return result;
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> read) {
    try {
      result.complete(read.call());
    } catch (Exception e) {
      result.completeExceptionally(e);
    }
  }
}
