package dev.tritontube.web.uploads;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what is read. For one thread.
final class CountedInput extends InputStream {
  private final InputStream input;
  private final AtomicLong bytes;

  CountedInput(InputStream input, AtomicLong bytes) {
    this.input = input;
    this.bytes = bytes;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = input.read(target, offset, length);
    bytes.addAndGet(Math.max(0, count));
    return count;
  }

  @Override
  public int read() throws IOException {
    int value = input.read();
    bytes.addAndGet(value < 0 ? 0 : 1);
    return value;
  }
}
