package dev.tritontube.web.blobs;

import dev.tritontube.proto.wire.DataPlane;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Direct buffers of one chunk, in which streams gather what the network delivered in small pieces.
/// As many as there may be open streams, so this bounds their memory too. Thread-safe.
final class ChunkBuffers {
  private final Semaphore free;
  private final Duration patience;
  private final ArrayBlockingQueue<ByteBuffer> spare;

  /// @param patience how long a stream waits for another to end
  ChunkBuffers(int count, Duration patience) {
    this.free = new Semaphore(count);
    this.patience = patience;
    this.spare = new ArrayBlockingQueue<>(count);
  }

  /// @return null when none came free in time
  @Nullable ByteBuffer take() throws InterruptedException {
    if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return null;
    }
    ByteBuffer buffer = spare.poll();
    return buffer == null ? ByteBuffer.allocateDirect(DataPlane.CHUNK_BYTES) : buffer.clear();
  }

  void give(ByteBuffer buffer) {
    boolean kept = spare.offer(buffer);
    assert kept;
    free.release();
  }
}
