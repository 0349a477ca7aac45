package dev.tritontube.node.replication;

/// What some copying came to.
record Copies(long blobs, long bytes, long tombstones, long failed) {
  static final Copies NONE = new Copies(0, 0, 0, 0);
  static final Copies TOMBSTONE = new Copies(0, 0, 1, 0);
  static final Copies FAILED = new Copies(0, 0, 0, 1);

  static Copies blob(long bytes) {
    return new Copies(1, bytes, 0, 0);
  }

  Copies plus(Copies other) {
    return new Copies(
        blobs + other.blobs,
        bytes + other.bytes,
        tombstones + other.tombstones,
        failed + other.failed);
  }
}
