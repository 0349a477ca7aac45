package dev.tritontube.node.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// An open file of a [Disk]. Any number of threads read, one writes; none of them may be
/// interrupted, since that closes the file for all.
interface DiskFile extends Closeable {
  /// Fills `target` from a position on.
  ///
  /// @return the number of bytes, less than asked only at the end of the file
  int read(ByteBuffer target, long position) throws IOException;

  /// Writes all of `sources` one after the other. After a failure any part of it may be there.
  void write(List<ByteBuffer> sources, long position) throws IOException;

  /// Returns when everything written is durable. After a failure nobody knows what is, but what
  /// earlier calls made durable still is.
  ///
  /// @param metadata also what is not needed to read the data back
  void force(boolean metadata) throws IOException;

  void truncate(long bytes) throws IOException;

  long size() throws IOException;
}
