package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.ImageTrack;
import java.util.Collection;
import java.util.Optional;

/// Where the thumbnails of a plan lie in time and on their sheets. It follows from the plan alone,
/// so whoever makes sheets again makes such as are there.
///
/// @param size of one, and the name under which sheets are stored
/// @param seconds from one to the next
/// @param count of all of them
record ThumbnailGrid(Rung size, int columns, int rows, int seconds, int count) {
  static final String ID = PackagedAssets.THUMBNAILS;

  /// However long the film is: four sheets, a second between thumbnails up to seven minutes, nine
  /// seconds in an hour.
  static final int MOST = 400;

  private static final int LONG_SIDE = 160;
  private static final int SIDE = 10;

  /// Of so short a film every picture is decoded: it may have a single key frame.
  private static final int SHORT_SECONDS = 30;

  /// @return empty where there are no pictures
  static Optional<ThumbnailGrid> of(EncodingPlan plan) {
    EncodingPlan.Video video = plan.video();
    if (video == null) {
      return Optional.empty();
    }
    int length = Math.toIntExact(Math.max(1, plan.length().timesCeiling(1)));
    int seconds = Math.ceilDiv(length, MOST);
    int count = Math.ceilDiv(length, seconds);
    return Optional.of(
        new ThumbnailGrid(
            small(PosterSize.of(video)),
            Math.min(SIDE, count),
            Math.min(SIDE, Math.ceilDiv(count, SIDE)),
            seconds,
            count));
  }

  private static Rung small(Rung shown) {
    double scale = (double) LONG_SIDE / Math.max(shown.width(), shown.height());
    return new Rung(ID, even(shown.width() * scale), even(shown.height() * scale), 1, 0);
  }

  private static int even(double pixels) {
    return (int) Math.max(2, 2 * Math.round(pixels / 2));
  }

  /// Whether looking at key frames is enough.
  static boolean byKeyFrames(EncodingPlan plan) {
    return plan.length().timesCeiling(1) > SHORT_SECONDS;
  }

  int onSheet() {
    return columns * rows;
  }

  int sheets() {
    return Math.ceilDiv(count, onSheet());
  }

  /// @param lengths of all its sheets, in bytes
  ImageTrack track(Collection<Long> lengths) {
    long largest = lengths.stream().mapToLong(bytes -> bytes).max().orElseThrow();
    long rate = Math.ceilDiv(largest * Byte.SIZE, (long) onSheet() * seconds);
    return new ImageTrack(ID, size.width(), size.height(), columns, rows, seconds, count, rate);
  }
}
