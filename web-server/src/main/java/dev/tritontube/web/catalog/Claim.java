package dev.tritontube.web.catalog;

/// What an upload keeps free for itself from its beginning to its end.
///
/// @param bytes how many it will have at least; more are claimed as they come
/// @param videos 1, or 0 for a part of a file
/// @param counted whether it is one of the uploads that its owner may have at once
public record Claim(long bytes, int videos, boolean counted) {
  public static Claim video(long bytes) {
    return new Claim(bytes, 1, true);
  }

  public static Claim part(long bytes) {
    return new Claim(bytes, 0, true);
  }

  /// Of parts that are put together: their bytes are claimed already.
  public static Claim joined() {
    return new Claim(0, 1, false);
  }
}
