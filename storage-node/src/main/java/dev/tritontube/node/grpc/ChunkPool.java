package dev.tritontube.node.grpc;

import dev.tritontube.proto.wire.DataPlane;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Direct buffers of one chunk, in which blobs are read on their way out. Bounded; allocated when
/// first needed and kept. Thread-safe.
final class ChunkPool {
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private final int chunks;
  private final Semaphore available;
  private final ConcurrentLinkedQueue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

  ChunkPool(int chunks) {
    this.chunks = chunks;
    this.available = new Semaphore(chunks, true);
  }

  /// An empty buffer, to be given back once.
  ///
  /// @throws io.grpc.StatusRuntimeException BUSY
  ByteBuffer lease() throws InterruptedException {
    if (!available.tryAcquire(MAX_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
      throw Trailers.failure(FailureCode.BUSY, "all " + chunks + " read buffers are in use");
    }
    ByteBuffer buffer = idle.poll();
    return buffer == null ? ByteBuffer.allocateDirect(DataPlane.CHUNK_BYTES) : buffer.clear();
  }

  void giveBack(ByteBuffer buffer) {
    idle.add(buffer);
    available.release();
  }

  int availableChunks() {
    return available.availablePermits();
  }
}
