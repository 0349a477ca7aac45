package dev.tritontube.node.engine;

/// What a store knows of a key.
public sealed interface BlobState {
  /// Never there, or forgotten.
  record Absent() implements BlobState {}

  /// @param length in bytes
  /// @param crc32c of the whole blob
  record Live(long length, int crc32c) implements BlobState {}

  /// There is a tombstone.
  record Deleted() implements BlobState {}
}
