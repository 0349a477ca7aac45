package dev.tritontube.proto.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/// Copies direct buffers to streams through a few arrays that are used again, small enough to stay
/// in the processor's cache.
///
/// Shared rather than one a thread: there are many virtual threads and each would make its own.
final class ScratchArrays {
  private static final int BYTES = 64 * 1024;
  private static final ArrayBlockingQueue<byte[]> SPARE = new ArrayBlockingQueue<>(32);

  private ScratchArrays() {}

  /// Writes all that remains of the source.
  static void copy(ByteBuffer source, OutputStream target) throws IOException {
    byte[] spare = SPARE.poll();
    byte[] array = spare == null ? new byte[BYTES] : spare;
    try {
      while (source.hasRemaining()) {
        int count = Math.min(source.remaining(), BYTES);
        source.get(array, 0, count);
        target.write(array, 0, count);
      }
    } finally {
      boolean kept = SPARE.offer(array);
      assert kept || SPARE.remainingCapacity() == 0;
    }
  }
}
