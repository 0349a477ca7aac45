package dev.tritontube.manifests.presentation;

/// Words over the pictures, as one file of WebVTT. It is of a video, not of what was encoded: it
/// comes and goes while the presentation stays.
///
/// @param id names the file, and never another one
/// @param language BCP 47 tag, `und` where it is not known
/// @param label for people, in any characters; not empty
/// @param preferred whether it is shown unless somebody chooses otherwise
/// @param forced whether it has only what has to be read even by who hears and understands
/// @param bitsPerSecond of the file, over the whole presentation
public record TextTrack(
    String id,
    Purpose purpose,
    String language,
    String label,
    boolean preferred,
    boolean forced,
    long bitsPerSecond) {

  /// What it is for.
  public enum Purpose {
    /// For who does not hear: what is said and what sounds.
    CAPTIONS,
    /// For who does not understand the language.
    SUBTITLES,
    /// For who does not see: to be spoken.
    DESCRIPTIONS
  }

  public TextTrack {
    Names.check("text track", id);
    Names.checkLanguage(id, language);
    if (label.isBlank() || bitsPerSecond < 1) {
      throw new IllegalArgumentException(
          "text track %s is called '%s' and has %d bits a second"
              .formatted(id, label, bitsPerSecond));
    }
  }
}
