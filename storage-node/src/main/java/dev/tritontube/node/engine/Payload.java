package dev.tritontube.node.engine;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The bytes of a blob in buffers of a pool, with their checksums. Closing it, once or more often,
/// gives the buffers back; nobody may look at them after that.
public final class Payload implements AutoCloseable {
  /// What one checksum covers.
  static final int BLOCK_BYTES = 64 << 10;

  private final BufferPool pool;
  private final List<ByteBuffer> buffers;
  private final int length;
  private final int crc32c;
  private final int[] blockChecksums;
  private final AtomicBoolean closed = new AtomicBoolean();

  Payload(BufferPool pool, List<ByteBuffer> buffers, int length, int crc32c, int[] blockChecksums) {
    this.pool = pool;
    this.buffers = List.copyOf(buffers);
    this.length = length;
    this.crc32c = crc32c;
    this.blockChecksums = blockChecksums;
  }

  /// In bytes.
  public int length() {
    return length;
  }

  /// Of all bytes.
  public int crc32c() {
    return crc32c;
  }

  /// Read-only views of the bytes, in order.
  public List<ByteBuffer> buffers() {
    return buffers.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      pool.release(buffers);
    }
  }

  /// CRC32C of each 64 KiB, the last block may be shorter.
  int[] blockChecksums() {
    return blockChecksums;
  }

  static int blocks(int length) {
    return (length + BLOCK_BYTES - 1) / BLOCK_BYTES;
  }
}
