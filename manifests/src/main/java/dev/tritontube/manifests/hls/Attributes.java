package dev.tritontube.manifests.hls;

import java.util.StringJoiner;

/// One tag with its attribute list (RFC 8216, 4.2).
final class Attributes {
  private final StringJoiner list = new StringJoiner(",");
  private final String tag;

  Attributes(String tag) {
    this.tag = tag;
  }

  /// A number, an enumerated string or a resolution.
  Attributes bare(String name, Object value) {
    list.add(name + "=" + value);
    return this;
  }

  /// A quoted string. It has no escapes: what it cannot hold is replaced.
  Attributes quoted(String name, String value) {
    list.add(name + "=\"" + holdable(value) + "\"");
    return this;
  }

  String line() {
    return "#" + tag + ":" + list + "\n";
  }

  private static String holdable(String value) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .map(character -> character == '"' ? '\'' : character)
        .map(character -> breaksLines(character) ? ' ' : character)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private static boolean breaksLines(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
