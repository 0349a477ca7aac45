package dev.tritontube.hostile;

/// A file that was made to hurt, and what has to become of it.
///
/// @param outcome `COMPLETED`, or the code with which it is FAILED, or with `refused:` before it
///   the one with which the upload is
record Crafted(String name, byte[] bytes, String outcome) {
  static final String PLAYS = "COMPLETED";
  static final String CORRUPT = "corrupt_media";
  static final String NO_STREAMS = "no_streams";
  static final String NO_CODEC = "unsupported_codec";
  static final String PIXELS = "too_many_pixels";
  static final String LIMIT = "limit_exceeded";
  static final String LONG = "too_long";
  static final String REFUSED = "refused:unsupported_media";

  @Override
  public String toString() {
    return name + " (" + bytes.length + " bytes)";
  }
}
