package dev.tritontube.web.http;

/// Text from outside, made fit for a message: short, and without what could forge a line or an
/// escape sequence, turn the direction of what follows, or be no character at all.
public final class Printable {
  private static final int MAX = 80;

  private Printable() {}

  public static String of(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .limit(MAX)
        .map(character -> isVisible(character) ? character : '?')
        .forEach(visible::appendCodePoint);
    return text.codePointCount(0, text.length()) <= MAX ? visible.toString() : visible + "…";
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
