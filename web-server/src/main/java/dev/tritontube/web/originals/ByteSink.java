package dev.tritontube.web.originals;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where bytes that are read go.
@FunctionalInterface
public interface ByteSink {
  /// @param data valid during the call only
  void accept(ByteBuffer data) throws IOException;
}
