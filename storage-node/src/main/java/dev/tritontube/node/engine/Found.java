package dev.tritontube.node.engine;

import dev.tritontube.ring.BlobKey;
import org.jspecify.annotations.Nullable;

/// What the index and the disk say of a key.
///
/// @param location of its record, `NOWHERE` when the key is absent
/// @param head null when absent, or when the record is not legible
/// @param collides another key of the same hash is held
record Found(long hash, long location, @Nullable RecordHead head, boolean collides) {
  static Found absent(long hash, boolean collides) {
    return new Found(hash, Location.NOWHERE, null, collides);
  }

  boolean isAbsent() {
    return location == Location.NOWHERE;
  }

  boolean isTombstone() {
    return Location.isTombstone(location);
  }

  boolean isLive() {
    return !isAbsent() && !isTombstone();
  }

  /// @throws CorruptBlobException when it is not legible
  RecordHead legibleHead(BlobKey key) throws CorruptBlobException {
    if (head == null) {
      throw new CorruptBlobException("the record of " + key + " is not legible");
    }
    return head;
  }

  boolean isCorrupt() {
    return head == null || Location.isCorrupt(location);
  }
}
