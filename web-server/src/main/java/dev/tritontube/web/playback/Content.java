package dev.tritontube.web.playback;

import dev.tritontube.web.http.EntityTag;
import dev.tritontube.web.originals.ByteSink;
import java.io.IOException;

/// Bytes to answer with, and what is to be said about them.
///
/// @param caching the `Cache-Control` header
public record Content(
    String contentType, long sizeBytes, EntityTag tag, String caching, Bytes bytes) {

  static final String FOR_EVER = "public, max-age=31536000, immutable";

  /// Of a private video: for the one who asked, not for the caches on the way.
  static final String FOR_EVER_FOR_ONE = "private, max-age=31536000, immutable";

  static final String ASK_AGAIN = "no-cache";

  /// The same, of a private video.
  public static final String ASK_AGAIN_FOR_ONE = "private, no-cache";

  /// Where the bytes come from.
  @FunctionalInterface
  public interface Bytes {
    void read(long offset, long length, ByteSink sink) throws IOException;
  }
}
