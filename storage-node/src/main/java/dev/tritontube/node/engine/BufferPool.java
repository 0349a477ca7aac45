package dev.tritontube.node.engine;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A bounded number of direct buffers in which blobs are received whole.
///
/// Room for a blob is reserved at once, so that blobs that are received side by side never wait for
/// each other's second half. Buffers are allocated when first needed and kept. Thread-safe.
public final class BufferPool {
  /// The size of one buffer: a multiple of the 64 KiB that a checksum covers.
  public static final int BUFFER_BYTES = 256 << 10;

  private final int buffers;
  private final Duration maxWait;
  private final Semaphore available;
  private final ConcurrentLinkedQueue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

  /// @param bytes of all buffers together, at least one blob of the largest size
  /// @param maxWait how long a caller waits for room
  public BufferPool(long bytes, Duration maxWait) {
    if (bytes < BlobStore.MAX_BLOB_BYTES) {
      throw new IllegalArgumentException(
          "a pool of " + bytes + " bytes is too small for a blob of " + BlobStore.MAX_BLOB_BYTES);
    }
    this.buffers = Math.toIntExact(bytes / BUFFER_BYTES);
    this.maxWait = maxWait;
    this.available = new Semaphore(buffers, true);
  }

  /// Reserves room for a blob of exactly this length.
  ///
  /// @param length 0 to `BlobStore.MAX_BLOB_BYTES`
  /// @throws StoreBusyException when there is no room for as long as this pool waits
  /// @throws InterruptedIOException when interrupted meanwhile
  public PayloadBuilder receive(long length) throws StoreBusyException, InterruptedIOException {
    if (length < 0 || length > BlobStore.MAX_BLOB_BYTES) {
      throw new IllegalArgumentException(
          "a blob has 0 to " + BlobStore.MAX_BLOB_BYTES + " bytes, not " + length);
    }
    int needed = Math.toIntExact((length + BUFFER_BYTES - 1) / BUFFER_BYTES);
    acquire(needed);
    List<ByteBuffer> taken = new ArrayList<>(needed);
    for (int i = 0; i < needed; i++) {
      ByteBuffer buffer = idle.poll();
      taken.add(buffer == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : buffer.clear());
    }
    return new PayloadBuilder(this, taken, Math.toIntExact(length));
  }

  /// The number of bytes that can be reserved just now.
  public long availableBytes() {
    return (long) available.availablePermits() * BUFFER_BYTES;
  }

  void release(List<ByteBuffer> returned) {
    idle.addAll(returned);
    available.release(returned.size());
  }

  private void acquire(int needed) throws StoreBusyException, InterruptedIOException {
    try {
      if (!available.tryAcquire(needed, maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreBusyException(
            "no room for "
                + needed
                + " of "
                + buffers
                + " receive buffers within "
                + maxWait.toMillis()
                + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for receive buffers");
    }
  }
}
