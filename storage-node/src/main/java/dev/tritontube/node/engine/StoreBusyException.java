package dev.tritontube.node.engine;

import java.io.IOException;

/// Something bounded stayed full for as long as a caller waits: buffers, or a queue of the disk.
/// Nothing was stored; try again later.
public final class StoreBusyException extends IOException {
  private static final long serialVersionUID = 1;

  public StoreBusyException(String message) {
    super(message);
  }
}
