package dev.tritontube.node.engine;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/// Receives a blob piece by piece, in order, and makes its checksums on the way. Used by one thread
/// at a time; closing it gives the buffers back unless the payload was finished.
public final class PayloadBuilder implements AutoCloseable {
  private final BufferPool pool;
  private final int length;
  private final int[] blockChecksums;
  private final CRC32C whole = new CRC32C();
  private final CRC32C block = new CRC32C();
  private List<ByteBuffer> buffers;
  private int received;

  PayloadBuilder(BufferPool pool, List<ByteBuffer> buffers, int length) {
    this.pool = pool;
    this.buffers = buffers;
    this.length = length;
    this.blockChecksums = new int[Payload.blocks(length)];
  }

  /// The number of bytes that have not been received yet.
  public int remaining() {
    return length - received;
  }

  /// Copies what remains in `source`.
  ///
  /// @throws IllegalArgumentException when that is more than the announced length; nothing is taken
  public void append(ByteBuffer source) {
    if (source.remaining() > remaining()) {
      throw new IllegalArgumentException(
          "a blob of " + length + " bytes got " + (received + (long) source.remaining()));
    }
    while (source.hasRemaining()) {
      appendToBlock(source);
    }
  }

  /// Hands the blob over.
  ///
  /// @throws IllegalStateException when bytes are missing
  public Payload finish() {
    if (received != length) {
      throw new IllegalStateException("a blob of " + length + " bytes got only " + received);
    }
    buffers.forEach(ByteBuffer::flip);
    Payload payload = new Payload(pool, buffers, length, (int) whole.getValue(), blockChecksums);
    buffers = List.of();
    return payload;
  }

  @Override
  public void close() {
    pool.release(buffers);
    buffers = List.of();
  }

  /// Up to the end of a checksum block, which is never cut by the end of a buffer.
  private void appendToBlock(ByteBuffer source) {
    int inBlock = received % Payload.BLOCK_BYTES;
    int count = Math.min(source.remaining(), Payload.BLOCK_BYTES - inBlock);
    ByteBuffer target = buffers.get(received / BufferPool.BUFFER_BYTES);
    int start = target.position();
    target.put(start, source, source.position(), count).position(start + count);
    source.position(source.position() + count);
    whole.update(target.slice(start, count));
    block.update(target.slice(start, count));
    received += count;
    if (received % Payload.BLOCK_BYTES == 0 || received == length) {
      blockChecksums[(received - 1) / Payload.BLOCK_BYTES] = (int) block.getValue();
      block.reset();
    }
  }
}
