package dev.tritontube.node.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/// An open blob. Thread-safe; must be closed, since it keeps the space of its volume.
public interface BlobReader extends AutoCloseable {
  /// In bytes.
  long length();

  /// Of the whole blob.
  int crc32c();

  /// Fills `target` from `offset` on, or up to the end of the blob. Only bytes that match their
  /// checksum are ever counted. Fastest with a direct buffer, an offset that is a multiple of 64
  /// KiB and room for whole blocks of that size.
  ///
  /// @param offset from 0 to `length()`
  /// @return the number of bytes, which is 0 only at the end or for a full buffer
  /// @throws CorruptBlobException when the disk holds other bytes than were stored; the blob is
  ///   reported as corrupt from then on, and what `target` holds is undefined
  int read(long offset, ByteBuffer target) throws IOException;

  @Override
  void close();
}
