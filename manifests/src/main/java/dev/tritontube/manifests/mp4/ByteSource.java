package dev.tritontube.manifests.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes that can be read anywhere: an uploaded file, wherever it is kept.
public interface ByteSource {
  long size() throws IOException;

  /// Fills `target` to its limit with the bytes from `offset` on.
  ///
  /// @throws IOException also if the source ends before
  void read(long offset, ByteBuffer target) throws IOException;

  /// The bytes from `offset` on: `most` of them, or as many as there are.
  default byte[] read(long offset, int most) throws IOException {
    byte[] bytes = new byte[(int) Math.clamp(size() - offset, 0, most)];
    read(offset, ByteBuffer.wrap(bytes));
    return bytes;
  }
}
