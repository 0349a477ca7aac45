package dev.tritontube.web.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Who may see a video: everybody and in lists, everybody who knows its id, its owner alone.
public enum Visibility {
  PUBLIC,
  UNLISTED,
  PRIVATE;

  /// The word that the API and the catalog use.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Visibility> parse(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
  }
}
