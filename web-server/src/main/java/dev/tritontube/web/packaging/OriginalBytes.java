package dev.tritontube.web.packaging;

import dev.tritontube.manifests.mp4.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// An original as the reader of sample tables wants it.
record OriginalBytes(Original original) implements ByteSource {
  private static final int COPY_BYTES = 256 * 1024;

  @Override
  public long size() {
    return original.sizeBytes();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws IOException {
    byte[] buffer = new byte[Math.min(COPY_BYTES, target.remaining())];
    try (InputStream in = original.open(offset)) {
      while (target.hasRemaining()) {
        int count = in.read(buffer, 0, Math.min(buffer.length, target.remaining()));
        if (count < 0) {
          throw new EOFException("the original ends %d bytes early".formatted(target.remaining()));
        }
        target.put(buffer, 0, count);
      }
    }
  }
}
