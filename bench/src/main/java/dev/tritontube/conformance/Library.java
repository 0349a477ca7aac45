package dev.tritontube.conformance;

import java.io.IOException;
import java.net.URI;

/// Where files come from.
interface Library {
  /// @throws IOException when there is no answer at all
  Answer get(URI address) throws IOException;
}
