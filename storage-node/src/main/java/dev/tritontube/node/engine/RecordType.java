package dev.tritontube.node.engine;

import java.util.Optional;

/// What a record says.
enum RecordType {
  /// The key holds these bytes.
  BLOB(1),
  /// The key was deleted.
  TOMBSTONE(2),
  /// The key is not held here any more, live or deleted.
  FORGET(3),
  /// Nothing but its notes.
  NOTES(4),
  /// Everything needed of the volume that the key names is elsewhere: it is not read any more.
  RETIRE(5);

  private static final RecordType[] TYPES = values();

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Optional<RecordType> of(int code) {
    return code >= 1 && code <= TYPES.length ? Optional.of(TYPES[code - 1]) : Optional.empty();
  }
}
