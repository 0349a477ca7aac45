package dev.tritontube.web.packaging;

import dev.tritontube.manifests.mp4.ByteSource;
import java.io.IOException;
import java.io.InputStream;

/// The uploaded bytes of an asset, read from the ring by range. Thread-safe.
public interface Original extends ByteSource {
  @Override
  long size();

  /// The bytes from an offset (0 to size) to the end. Who knows how many it needs calls `read`,
  /// which fetches no more than those.
  InputStream open(long offset) throws IOException;
}
