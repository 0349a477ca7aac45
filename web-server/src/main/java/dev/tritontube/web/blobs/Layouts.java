package dev.tritontube.web.blobs;

import dev.tritontube.ring.Layout;
import java.io.IOException;

/// The newest layout that this process knows. Thread-safe.
public interface Layouts {
  /// Never blocks.
  ///
  /// @throws IllegalStateException before the cluster has its first layout
  Layout current();

  /// Reads the authority again, for a caller that a node told of a newer epoch.
  ///
  /// @return a layout of at least this epoch
  /// @throws IOException when the authority cannot be read or knows no such epoch
  Layout refresh(long atLeastEpoch) throws IOException;
}
