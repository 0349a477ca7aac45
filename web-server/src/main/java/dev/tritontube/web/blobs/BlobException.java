package dev.tritontube.web.blobs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A blob could not be stored or read.
public final class BlobException extends IOException {
  private static final long serialVersionUID = 1;

  /// Why.
  public enum Reason {
    NOT_FOUND,
    KEY_DELETED,
    DIFFERENT_BYTES,
    UNAVAILABLE,
    STORAGE_FULL,
    CORRUPT
  }

  private final Reason reason;

  public BlobException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public BlobException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
