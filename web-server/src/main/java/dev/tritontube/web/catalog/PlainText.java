package dev.tritontube.web.catalog;

import java.util.OptionalInt;

/// Which characters belong into what people write: those that are one (no halves, no noncharacters;
/// Unicode, sections 23.7 and 23.8) and that do not control terminals, logs and lines.
public final class PlainText {
  private PlainText() {}

  /// False for line breaks too.
  public static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> (character & 0xfffe) != 0xfffe && (character < 0xfdd0 || character > 0xfdef);
    };
  }

  /// The first character that is not plain.
  ///
  /// @param besides those that may be there as well
  static OptionalInt firstOther(String text, String besides) {
    return text.codePoints()
        .filter(character -> !isPlain(character) && besides.indexOf(character) < 0)
        .findFirst();
  }

  /// True when there is something to see: neither empty, nor of spaces and marks without width
  /// alone.
  public static boolean isVisible(String text) {
    return text.codePoints()
        .anyMatch(
            character ->
                isPlain(character)
                    && !Character.isWhitespace(character)
                    && !Character.isSpaceChar(character)
                    && Character.getType(character) != Character.FORMAT);
  }
}
