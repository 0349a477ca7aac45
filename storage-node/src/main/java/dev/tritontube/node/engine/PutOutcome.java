package dev.tritontube.node.engine;

/// What became of a put.
public enum PutOutcome {
  /// Durable now.
  STORED,
  /// The same bytes were durable before.
  ALREADY_STORED,
  /// Refused: the key holds other bytes.
  DIFFERENT_BYTES,
  /// Refused: the key was deleted, and a deleted key is never used again.
  KEY_DELETED
}
