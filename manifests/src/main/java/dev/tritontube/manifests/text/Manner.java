package dev.tritontube.manifests.text;

/// What to do about what is wrong in a file.
public enum Manner {
  /// Refuse the file: who wrote it can mend it.
  STRICT,
  /// Leave out what is wrong: nobody is there to mend it.
  LENIENT,
  /// Refuse what [Cues#write] does not write. What is escaped may be longer than what was sent.
  WRITTEN
}
