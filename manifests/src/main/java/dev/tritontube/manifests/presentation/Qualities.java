package dev.tritontube.manifests.presentation;

import java.util.Comparator;
import java.util.List;

/// The order of the representations in a track.
final class Qualities {
  private static final Comparator<Representation> BY_BANDWIDTH =
      Comparator.<Representation>comparingLong(quality -> quality.bandwidth().peak())
          .thenComparingLong(quality -> quality.bandwidth().average())
          .thenComparing(Representation::id);

  private Qualities() {}

  static <R extends Representation> List<R> ascending(String track, List<R> representations) {
    if (representations.isEmpty()) {
      throw new IllegalArgumentException("track " + track + " has no representation");
    }
    return representations.stream().sorted(BY_BANDWIDTH).toList();
  }
}
