package dev.tritontube.web.packaging;

import java.io.IOException;
import java.io.InputStream;

/// The uploaded bytes of an asset, read from the ring by range. Thread-safe.
public interface Original {
  long sizeBytes();

  /// The bytes from an offset (0 to sizeBytes) to the end.
  InputStream open(long offset) throws IOException;
}
