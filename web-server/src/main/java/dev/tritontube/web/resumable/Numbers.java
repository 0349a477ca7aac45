package dev.tritontube.web.resumable;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.originals.Chunks;
import java.time.Instant;
import java.util.function.Supplier;

/// The numbers of the blobs that one request writes, declared in the catalog before they are used.
/// None is used twice: whether a blob of an earlier request is there nobody knows. For one thread.
final class Numbers {
  private static final long MAX_STEP = 64;

  /// Files of 20 GiB in requests of 320 KiB. Each piece costs a blob on three nodes and a row.
  private static final long MAX_PIECES = 1 << 16;

  private final UploadStore uploads;
  private final AssetId asset;
  private final Supplier<Instant> expiry;
  private long next;
  private long declared;

  /// @param expiry until when the upload is alive, if it is now
  /// @throws ProblemException 409 `too_many_pieces`, 410
  Numbers(UploadStore uploads, AssetId asset, Supplier<Instant> expiry) {
    this.uploads = uploads;
    this.asset = asset;
    this.expiry = expiry;
    this.declared = uploads.reserved(asset).orElseThrow(Ended::givenUp);
    this.next = declared;
    if (declared >= MAX_PIECES) {
      throw new ProblemException(
          new Problem.Conflict(
              "too_many_pieces",
              "A file may come in " + MAX_PIECES + " pieces: begin anew, and send more at once"));
    }
  }

  /// @param coming how many bytes may come, at least one of them with this number
  long next(long coming) {
    if (next == declared) {
      declared += Math.clamp(Math.ceilDiv(coming, Chunks.BYTES), 1, MAX_STEP);
      if (!uploads.reserve(asset, declared, expiry.get())) {
        throw Ended.givenUp();
      }
    }
    return next++;
  }

  /// How many the upload has used or may use.
  long declared() {
    return declared;
  }
}
