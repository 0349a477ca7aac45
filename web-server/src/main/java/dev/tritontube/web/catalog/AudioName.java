package dev.tritontube.web.catalog;

import org.jspecify.annotations.Nullable;

/// What the owner of a video calls one of its sounds.
///
/// @param number from 1, as the file has them
/// @param language a tag of BCP 47; null: as the file says
/// @param label null: as the file says
/// @param preferred whether it is the one that sounds unless somebody chooses otherwise
public record AudioName(
    int number, @Nullable String language, @Nullable String label, boolean preferred) {
  public AudioName {
    if (number < 1) {
      throw new IllegalArgumentException("no number of a sound: " + number);
    }
    if (label != null) {
      TrackWords.requireLabel(label);
    }
  }
}
