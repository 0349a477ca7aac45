package dev.tritontube.web.blobs;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The bytes of a blob, in order. For one thread. Closing early cancels the call.
public interface BlobStream extends AutoCloseable {
  /// The length of the whole blob, in bytes.
  long blobLength();

  /// The next bytes (some 256 KiB), or null at the end. The buffer is valid until the next call of
  /// next or close.
  @Nullable ByteBuffer next() throws BlobException;

  @Override
  void close();
}
