package dev.tritontube.web.packaging;

import java.util.Objects;

/// How large the poster of a film is: like the largest of its sizes that is enough.
final class PosterSize {
  private static final int SHORT_SIDE = 720;

  private PosterSize() {}

  static Rung of(EncodingPlan.Video video) {
    return video.rungs().stream()
        .filter(rung -> Math.min(rung.width(), rung.height()) <= SHORT_SIDE)
        .reduce((_, larger) -> larger)
        .or(() -> video.rungs().stream().findFirst())
        .orElseGet(() -> of(Objects.requireNonNull(video.copy())));
  }

  private static Rung of(EncodingPlan.Copy copy) {
    return new Rung(
        EncodingPlan.Copy.ID, copy.width() & ~1, copy.height() & ~1, copy.bandwidth().peak(), 0);
  }
}
