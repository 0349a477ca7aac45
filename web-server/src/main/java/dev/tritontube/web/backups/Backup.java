package dev.tritontube.web.backups;

import java.time.Instant;

/// A copy of the catalog, as it is on record.
///
/// @param chunks how many blobs there may be beside the manifest
/// @param bytes of all chunks, compressed; 0 as long as it is written
/// @param epoch of the newest layout when it was begun
public record Backup(
    BackupId id, State state, int chunks, long bytes, long rows, long epoch, Instant createdAt) {

  /// How far it is.
  public enum State {
    WRITING,
    DONE,
    /// Its blobs are being deleted.
    DELETING
  }
}
