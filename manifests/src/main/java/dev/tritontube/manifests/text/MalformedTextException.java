package dev.tritontube.manifests.text;

import java.io.IOException;

/// The file is not what it should be. The message is for who wrote it.
public final class MalformedTextException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedTextException(String message) {
    super(message);
  }

  /// @param line from 1
  MalformedTextException(int line, String message) {
    super("Line " + line + ": " + message);
  }
}
