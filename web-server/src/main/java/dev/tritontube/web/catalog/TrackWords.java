package dev.tritontube.web.catalog;

/// What is said of a track.
///
/// @param language a tag of BCP 47, `und` where it is not known
/// @param label for people, 1 to 100 characters (code points)
/// @param preferred whether it is shown unless somebody chooses otherwise
/// @param forced whether it has only what has to be read even by who understands the language
public record TrackWords(
    TrackKind kind, String language, String label, boolean preferred, boolean forced) {
  public static final int LABEL_CHARACTERS = 100;

  /// @throws IllegalArgumentException with a message for whoever wrote it
  public TrackWords {
    requireLabel(label);
    if (forced && kind != TrackKind.SUBTITLES) {
      throw new IllegalArgumentException("only subtitles are forced");
    }
  }

  /// @throws IllegalArgumentException with a message for whoever wrote it
  public static void requireLabel(String label) {
    if (!PlainText.isVisible(label)) {
      throw new IllegalArgumentException("the label is empty");
    }
    if (label.codePointCount(0, label.length()) > LABEL_CHARACTERS) {
      throw new IllegalArgumentException(
          "the label has more than " + LABEL_CHARACTERS + " characters");
    }
    PlainText.firstOther(label, "")
        .ifPresent(
            character -> {
              throw new IllegalArgumentException(
                  "the label has U+%04X in it, which is no character to show".formatted(character));
            });
  }

  TrackWords preferring(boolean other) {
    return new TrackWords(kind, language, label, other, forced);
  }
}
