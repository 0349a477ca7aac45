package dev.tritontube.web.packaging;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// Deletes blobs that nothing refers to. Deleting also bars the keys, so an attempt that was closed
/// but still runs somewhere cannot bring them back.
final class Sweeper {
  private final Blobs blobs;
  private final PackagingStore store;

  Sweeper(Blobs blobs, PackagingStore store) {
    this.blobs = blobs;
    this.store = store;
  }

  /// What closed attempts left: all that they may have written and that is in no catalog row.
  void sweepAttempts(AssetId asset) throws BlobException {
    Set<BlobKey> kept = new HashSet<>(store.keys(asset));
    Set<BlobKey> written = new LinkedHashSet<>();
    for (PackagingStore.Reservation reservation : store.closedReservations(asset)) {
      for (long number = SegmentSink.INIT; number < reservation.reserved(); number++) {
        written.add(reservation.attempt().key(reservation.representation(), number));
      }
    }
    for (BlobKey key : written) {
      if (!kept.contains(key)) {
        blobs.delete(key);
      }
    }
    store.dropClosedAttempts(asset);
  }

  /// Every blob of the asset's encodings.
  void sweepAll(AssetId asset) throws BlobException {
    store.closeAttempts(asset);
    sweepAttempts(asset);
    for (BlobKey key : store.keys(asset)) {
      blobs.delete(key);
    }
    store.dropSegments(asset);
  }
}
