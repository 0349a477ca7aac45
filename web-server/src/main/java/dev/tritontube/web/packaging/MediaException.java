package dev.tritontube.web.packaging;

/// The file itself is the trouble: trying again would not help.
final class MediaException extends Exception {
  private static final long serialVersionUID = 1;

  /// What is wrong with it. The names in lower case are the stable codes that people see.
  enum Code {
    /// Not a kind of media file that is known.
    UNSUPPORTED_MEDIA,
    /// Broken or cut off.
    CORRUPT_MEDIA,
    /// Neither pictures nor sound.
    NO_STREAMS,
    /// A codec that cannot be decoded here.
    UNSUPPORTED_CODEC,
    TOO_MANY_PIXELS,
    TOO_LONG,
    /// Decoding took more time or memory than is allowed, or there are too many streams.
    LIMIT_EXCEEDED;

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Code code;

  MediaException(Code code, String message) {
    super(message);
    this.code = code;
  }

  Code code() {
    return code;
  }
}
