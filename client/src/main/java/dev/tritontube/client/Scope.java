package dev.tritontube.client;

/// What an API key opens.
public enum Scope {
  /// One's own private videos.
  READ,
  /// Changing and deleting one's own.
  WRITE,
  UPLOAD,
  /// Everything.
  ADMIN,
  /// A word of a newer server.
  OTHER;

  /// As the server writes it.
  String word() {
    return Json.word(this);
  }
}
