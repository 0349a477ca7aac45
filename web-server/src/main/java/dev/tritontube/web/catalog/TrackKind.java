package dev.tritontube.web.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What words over time are for, as HTML names it.
public enum TrackKind {
  CAPTIONS,
  SUBTITLES,
  DESCRIPTIONS,
  CHAPTERS;

  private static final Set<TrackKind> OVER_PICTURES = Set.of(CAPTIONS, SUBTITLES);

  /// The word that the API and the catalog use.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<TrackKind> parse(String word) {
    for (TrackKind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /// Kinds of which no two are shown together with one of this kind.
  static Set<TrackKind> insteadOf(TrackKind kind) {
    return OVER_PICTURES.contains(kind) ? OVER_PICTURES : Set.of(kind);
  }
}
