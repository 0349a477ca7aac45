package dev.tritontube.client;

/// What a track is for.
public enum TrackKind {
  /// What sounds.
  AUDIO,
  /// All that is heard, for who does not hear.
  CAPTIONS,
  /// What is said, for who does not understand the language.
  SUBTITLES,
  /// What is seen, to be spoken.
  DESCRIPTIONS,
  /// Titles of parts.
  CHAPTERS,
  /// A word of a newer server.
  OTHER;

  /// As the server writes it.
  String word() {
    return Json.word(this);
  }
}
