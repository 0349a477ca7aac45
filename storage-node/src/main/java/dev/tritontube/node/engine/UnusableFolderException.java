package dev.tritontube.node.engine;

import java.io.IOException;

/// A data folder that this program must not touch: of a newer format, of another node or cluster,
/// or without a legible identity.
public final class UnusableFolderException extends IOException {
  private static final long serialVersionUID = 1;

  public UnusableFolderException(String message) {
    super(message);
  }
}
