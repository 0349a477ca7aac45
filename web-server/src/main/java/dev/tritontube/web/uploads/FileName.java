package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.PlainText;

/// What an uploaded file was called, without folders and whatever else does not belong into a name.
public record FileName(String value) {
  static final FileName NONE = new FileName("video");

  private static final int MAX = 200;

  /// They show `gpj.exe` as `exe.jpg`.
  private static final String MARKS_OF_DIRECTION =
      "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

  public static FileName of(String given) {
    String base = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String clean = clean(base);
    String bounded = clean.codePointCount(0, clean.length()) <= MAX ? clean : tail(clean);
    return PlainText.isVisible(bounded.replace(".", "")) ? new FileName(bounded) : NONE;
  }

  private static String clean(String name) {
    StringBuilder clean = new StringBuilder();
    name.codePoints()
        .filter(character -> PlainText.isPlain(character) && character != '"')
        .filter(character -> MARKS_OF_DIRECTION.indexOf(character) < 0)
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  /// The end of a name says more than its start: it has the extension.
  private static String tail(String name) {
    return name.substring(name.offsetByCodePoints(name.length(), -MAX));
  }

  /// A title to begin with: the name without its extension.
  String title() {
    int dot = value.lastIndexOf('.');
    return dot > 0 && PlainText.isVisible(value.substring(0, dot))
        ? value.substring(0, dot)
        : value;
  }
}
