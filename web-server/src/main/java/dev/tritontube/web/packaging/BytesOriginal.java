package dev.tritontube.web.packaging;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// A small one that is in memory.
record BytesOriginal(byte[] bytes) implements Original {
  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void read(long offset, ByteBuffer target) throws IOException {
    if (offset + target.remaining() > bytes.length) {
      throw new EOFException("the original ends before " + (offset + target.remaining()));
    }
    target.put(bytes, Math.toIntExact(offset), target.remaining());
  }

  @Override
  public InputStream open(long offset) {
    int from = Math.toIntExact(offset);
    return new ByteArrayInputStream(bytes, from, bytes.length - from);
  }
}
