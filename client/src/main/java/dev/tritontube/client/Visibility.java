package dev.tritontube.client;

/// Who sees a video.
public enum Visibility {
  /// Everybody, and it is in lists.
  PUBLIC,
  /// Whoever knows its id.
  UNLISTED,
  /// Its owner and administrators.
  PRIVATE,
  /// A word of a newer server.
  OTHER;

  /// As the server writes it.
  String word() {
    return Json.word(this);
  }
}
