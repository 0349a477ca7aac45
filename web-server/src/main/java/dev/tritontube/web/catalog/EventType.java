package dev.tritontube.web.catalog;

import java.util.Locale;

/// What can happen that people care about. All but the last are about videos.
public enum EventType {
  CREATED,
  /// Stage, percent or estimate changed.
  PROGRESS,
  /// It can be played from now on.
  PLAYABLE,
  COMPLETED,
  FAILED,
  /// Its words or its visibility changed.
  EDITED,
  DELETED,
  /// An upload came further, or ended.
  UPLOAD;

  /// The word that the API and the catalog use.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
