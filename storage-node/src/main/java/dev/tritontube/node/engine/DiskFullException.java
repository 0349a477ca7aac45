package dev.tritontube.node.engine;

import java.io.IOException;

/// There is no room for a write; nothing was stored.
public final class DiskFullException extends IOException {
  private static final long serialVersionUID = 1;

  public DiskFullException(String message) {
    super(message);
  }
}
