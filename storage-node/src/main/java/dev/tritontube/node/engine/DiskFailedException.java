package dev.tritontube.node.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The disk failed, now or earlier: the write may or may not be there after the next start.
public final class DiskFailedException extends IOException {
  private static final long serialVersionUID = 1;

  public DiskFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
