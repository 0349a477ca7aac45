package dev.tritontube.node.peers;

import java.io.IOException;

/// A node did not answer, or stopped in the middle of an answer.
public final class SilentPeerException extends IOException {
  private static final long serialVersionUID = 1;

  public SilentPeerException(String message, Throwable cause) {
    super(message, cause);
  }
}
