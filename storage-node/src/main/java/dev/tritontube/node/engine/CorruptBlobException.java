package dev.tritontube.node.engine;

import java.io.IOException;

/// What the disk holds is not what was stored. The blob has to come from another node.
public final class CorruptBlobException extends IOException {
  private static final long serialVersionUID = 1;

  public CorruptBlobException(String message) {
    super(message);
  }
}
