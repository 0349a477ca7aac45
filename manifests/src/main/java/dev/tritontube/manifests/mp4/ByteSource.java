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
}
