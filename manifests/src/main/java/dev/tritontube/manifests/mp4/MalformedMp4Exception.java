package dev.tritontube.manifests.mp4;

import java.io.IOException;
import java.io.Serial;

/// Bytes that are no MP4, or one outside the bounds of this reader.
public final class MalformedMp4Exception extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public MalformedMp4Exception(String message) {
    super(message);
  }
}
