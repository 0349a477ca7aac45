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
  private final PackagingStore store;

  Sweeper(Blobs blobs, PackagingStore store) {
    this.blobs = blobs;
    this.store = store;
  }

  /// What closed attempts left: all that they may have written and that is in no catalog row.
  ///
  /// The attempts are read before the rows: what is closed by then adds no row any more. Another
  /// worker may close more of them meanwhile; those stay for the next sweep.
  void sweepAttempts(AssetId asset) throws BlobException {
    List<PackagingStore.Reservation> reservations = store.closedReservations(asset);
    Set<BlobKey> kept = new HashSet<>(store.keys(asset));
    Set<BlobKey> written = new LinkedHashSet<>();
    for (PackagingStore.Reservation reservation : reservations) {
      for (long number = SegmentSink.INIT; number < reservation.reserved(); number++) {
        written.add(reservation.attempt().key(reservation.representation(), number));
      }
    }
    for (BlobKey key : written) {
      if (!kept.contains(key)) {
        blobs.delete(key);
      }
    }
    store.dropSwept(asset, reservations);
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
