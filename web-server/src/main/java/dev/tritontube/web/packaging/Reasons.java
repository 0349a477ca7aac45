package dev.tritontube.web.packaging;

import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.packaging.AssetMedia.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What people are told when something takes longer than it might. The codes are part of the
/// contract. Everybody may read the words, so they name nothing of the inside.
final class Reasons {
  private Reasons() {}

  static Reason waitsForWorker() {
    return new Reason("workers_busy", "All workers are busy with other videos");
  }

  static Reason predictedLength() {
    return new Reason(
        "length_predicted",
        "The file has no index, so its length is taken from its header, and it may end earlier");
  }

  static Reason filled(double fromSeconds) {
    return new Reason(
        "part_filled",
        String.format(
            Locale.ROOT,
            "Some of it cannot be decoded, from %.0f s on: it is black or silent there",
            fromSeconds));
  }

  /// @param sizes at least one
  static Reason later(List<String> sizes) {
    return new Reason(
        "size_later", String.join(", ", sizes) + " is slow to make: it can be chosen later");
  }

  /// @param sizes in other codecs
  static List<Reason> leftOut(List<String> sizes) {
    return sizes.stream()
        .map(
            size ->
                new Reason(
                    "left_out",
                    size + " is left out: its encoder failed, or took more than is allowed"))
        .toList();
  }

  /// @param again when the work goes on
  static Reason retrying(Throwable cause, Instant again) {
    String next = "; the next attempt is at " + again.truncatedTo(ChronoUnit.SECONDS);
    return switch (storage(cause).orElse(null)) {
      case null -> new Reason("retrying", "An attempt failed" + next);
      case UNAVAILABLE -> new Reason("storage_unavailable", "Too few storage nodes answer" + next);
      case STORAGE_FULL -> new Reason("storage_full", "The storage nodes are full" + next);
      case NOT_FOUND, KEY_DELETED, DIFFERENT_BYTES, CORRUPT ->
          new Reason("retrying", "What is stored could not be read or written" + next);
    };
  }

  private static Optional<BlobException.Reason> storage(Throwable cause) {
    return Stream.iterate(cause, failure -> failure != null, Throwable::getCause)
        .filter(BlobException.class::isInstance)
        .map(failure -> ((BlobException) failure).reason())
        .findFirst();
  }
}
