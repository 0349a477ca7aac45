package dev.tritontube.client;

/// What somebody may do.
public enum Role {
  /// Watch, and change what is his own.
  VIEWER,
  /// Upload, too.
  UPLOADER,
  /// Everything.
  ADMIN,
  /// A word of a newer server.
  OTHER;

  /// As the server writes it.
  String word() {
    return Json.word(this);
  }
}
