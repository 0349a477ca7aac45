package dev.tritontube.web.uploads;

import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.originals.Chunks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The memory of all uploads of this process: a bounded number of buffers, each for one chunk.
/// Thread-safe.
public final class ChunkBuffers {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// What many uploads at once needed is not kept for ever.
  private static final int KEPT = 16;

  private final Semaphore permits;
  private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  public ChunkBuffers(int count) {
    this.permits = new Semaphore(count, true);
  }

  /// Waits for an empty buffer.
  ///
  /// @throws ProblemException 503 `busy` when there is none for a while
  public ByteBuffer take() {
    try {
      if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    ByteBuffer buffer = free.poll();
    return buffer == null ? allocated() : buffer.clear();
  }

  private ByteBuffer allocated() {
    try {
      return ByteBuffer.allocateDirect(Chunks.BYTES);
    } catch (OutOfMemoryError e) { // The process has less than was to be used.
      permits.release();
      throw e;
    }
  }

  public void giveBack(ByteBuffer buffer) {
    if (free.size() < KEPT) {
      free.add(buffer);
    }
    permits.release();
  }

  private static ProblemException busy() {
    return new ProblemException(
        new Problem.Unavailable("busy", "Too many uploads are under way", Duration.ofSeconds(5)));
  }
}
