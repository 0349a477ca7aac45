package dev.tritontube.manifests.mp4;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A file of which little is read in many places near each other: each read that goes to the file
/// fetches what follows too. For one thread.
final class ReadAhead implements ByteSource {
  /// The tables of a minute, or all boxes before them.
  static final int BYTES = 64 << 10;

  private final ByteSource file;
  private long start;
  private byte[] held = new byte[0];

  ReadAhead(ByteSource file) {
    this.file = file;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws IOException {
    if (!holds(offset, target.remaining())) {
      if (target.remaining() >= BYTES) {
        file.read(offset, target);
        return;
      }
      held = file.read(offset, BYTES);
      start = offset;
      if (held.length < target.remaining()) {
        throw new EOFException("the file ends before " + (offset + target.remaining()));
      }
    }
    target.put(held, (int) (offset - start), target.remaining());
  }

  private boolean holds(long offset, int count) {
    return offset >= start && offset + count <= start + held.length;
  }
}
