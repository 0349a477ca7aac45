package dev.tritontube.node.engine;

import java.io.IOException;

/// Another process works in the data folder.
public final class FolderInUseException extends IOException {
  private static final long serialVersionUID = 1;

  public FolderInUseException(String message) {
    super(message);
  }
}
