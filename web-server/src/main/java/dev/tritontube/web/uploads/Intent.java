package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Claim;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import java.time.Duration;
import java.time.InstantSource;

/// What the catalog knows of one upload: how many chunks it may write. Reserved ahead, in steps
/// that double, so that a long upload asks rarely and a short one leaves few names behind. For one
/// thread.
final class Intent {
  private static final long FIRST = 4;
  private static final long MAX_STEP = 64;

  private final UploadStore uploads;
  private final AssetId asset;
  private final String instance;
  private final InstantSource clock;
  private long reserved;
  private long heldBytes;

  Intent(UploadStore uploads, AssetId asset, String instance, InstantSource clock) {
    this.uploads = uploads;
    this.asset = asset;
    this.instance = instance;
    this.clock = clock;
  }

  /// Puts the upload on record, and claims room for it.
  void begin(Owner owner, Claim claim) {
    uploads.begin(new UploadStore.Begun(asset, owner, claim), instance, FIRST, clock.instant());
    reserved = FIRST;
    heldBytes = claim.bytes();
  }

  /// Makes sure that there is room for so many bytes.
  void hold(long bytes) {
    if (bytes > heldBytes) {
      if (!uploads.hold(asset, bytes)) {
        throw lost();
      }
      heldBytes = bytes;
    }
  }

  /// Makes sure that the first `chunks` chunks are reserved.
  void cover(long chunks) {
    if (chunks <= reserved) {
      return;
    }
    long wanted = Math.max(chunks, reserved + Math.min(reserved, MAX_STEP));
    if (!uploads.reserve(asset, wanted, clock.instant())) {
      throw lost();
    }
    reserved = wanted;
  }

  /// Gives up the upload; its chunks, `chunks` at most, are deleted soon.
  void abandon(long chunks) {
    if (reserved > 0) {
      uploads.abandon(asset, chunks, clock.instant());
    }
  }

  /// This process was silent for so long that another one gave the upload up.
  static ProblemException lost() {
    return new ProblemException(
        new Problem.Unavailable(
            "upload_lost", "The upload was given up meanwhile", Duration.ofSeconds(1)));
  }
}
