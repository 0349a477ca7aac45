package dev.tritontube.manifests.mp4;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A file in memory.
record InMemorySource(ByteBuffer bytes) implements ByteSource {
  static InMemorySource of(byte[] bytes) {
    return new InMemorySource(ByteBuffer.wrap(bytes));
  }

  @Override
  public long size() {
    return bytes.limit();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws IOException {
    if (offset < 0 || offset + target.remaining() > bytes.limit()) {
      throw new EOFException(target.remaining() + " bytes at " + offset);
    }
    target.put(bytes.slice((int) offset, target.remaining()));
  }
}
