package dev.tritontube.web.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Takes segments as soon as they are whole, in any order, from several threads. Thread-safe.
interface SegmentSink {
  /// The number under which an init segment goes.
  long INIT = -1;

  /// @param number of the segment, or `INIT`
  /// @throws IOException when it could not be stored
  /// @throws java.util.concurrent.CancellationException when nobody wants segments of this attempt
  ///   any more
  void store(String representation, long number, ByteBuffer bytes) throws IOException;
}
