package dev.tritontube.web.packaging;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Deletes blobs that nothing refers to. Deleting also bars the keys, so an attempt that was closed
/// but still runs somewhere cannot bring them back.
final class Sweeper {
  private final Blobs blobs;
  private final AttemptStore attempts;
  private final SegmentStore segments;

  Sweeper(Blobs blobs, AttemptStore attempts, SegmentStore segments) {
    this.blobs = blobs;
    this.attempts = attempts;
    this.segments = segments;
  }

  /// What closed attempts left: all that they may have written and that is in no catalog row.
  ///
  /// The attempts are read before the rows: what is closed by then adds no row any more. Another
  /// worker may close more of them meanwhile; those stay for the next sweep.
  void sweepAttempts(AssetId asset) throws BlobException {
    List<AttemptStore.Row> closed = attempts.closed(asset);
    if (closed.isEmpty()) {
      return;
    }
    Set<BlobKey> kept = new HashSet<>(segments.keys(asset));
    Set<BlobKey> written = new LinkedHashSet<>();
    closed.forEach(row -> written.addAll(row.keys()));
    for (BlobKey key : written) {
      if (!kept.contains(key)) {
        blobs.delete(key);
      }
    }
    attempts.drop(closed);
  }

  /// Every blob of one revision.
  void sweepRevision(AssetId asset, String revision) throws BlobException {
    attempts.closeAll(asset, revision);
    sweepAttempts(asset);
    for (BlobKey key : segments.keys(asset, revision)) {
      blobs.delete(key);
    }
    segments.drop(asset, revision);
  }

  /// Every blob of the asset's encodings.
  void sweepAll(AssetId asset) throws BlobException {
    attempts.closeAll(asset);
    sweepAttempts(asset);
    for (BlobKey key : segments.keys(asset)) {
      blobs.delete(key);
    }
    segments.drop(asset);
  }
}
