package dev.tritontube.manifests.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the text of one cue (WebVTT, 4.2.2): tags nest and are closed, all else is escaped. `>`
/// is escaped too, so that nothing in it is ever an arrow. For one cue and one thread.
final class Payload {
  /// Deeper than anybody nests; players build a tree of it.
  private static final int MAX_DEPTH = 16;

  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern ENTITY =
      Pattern.compile("&(amp|lt|gt|quot|apos|nbsp|lrm|rlm|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});");

  private final StringBuilder written = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();
  private boolean visible;

  /// Text as it is to be read. Control characters are left out, but for ends of lines.
  void text(String text) {
    text.codePoints().filter(Payload::allowed).forEach(this::character);
  }

  private static boolean allowed(int character) {
    return character == '\n'
        || character == '\t'
        || (Character.getType(character) != Character.CONTROL
            && Character.getType(character) != Character.SURROGATE
            && (character & 0xfffe) != 0xfffe);
  }

  private void character(int character) {
    switch (character) {
      case '&' -> written.append("&amp;");
      case '<' -> written.append("&lt;");
      case '>' -> written.append("&gt;");
      case '\t' -> written.append(' ');
      default -> written.appendCodePoint(character);
    }
    visible |= !Character.isWhitespace(character) && !Character.isSpaceChar(character);
  }

  /// Begins a span, unless it is too deep, or in the wrong place: then its text stands alone.
  ///
  /// @param rest classes and annotation, escaped, as they stand behind the name
  void open(String name, String rest) {
    boolean misplaced = name.equals("rt") && !"ruby".equals(open.peek());
    if (open.size() < MAX_DEPTH && !misplaced) {
      open.push(name);
      written.append('<').append(name).append(rest).append('>');
    }
  }

  /// Ends the innermost span of this name, and what is in it. What was not begun is not ended.
  void close(String name) {
    if (open.contains(name)) {
      while (!closeInnermost().equals(name)) {
        continue;
      }
    }
  }

  private String closeInnermost() {
    String name = open.pop();
    written.append("</").append(name).append('>');
    return name;
  }

  /// Whether there is something to read.
  boolean visible() {
    return visible;
  }

  /// All of it, without lines on which nothing is.
  String finish() {
    while (!open.isEmpty()) {
      closeInnermost();
    }
    StringBuilder lines = new StringBuilder();
    for (Iterator<String> each = written.toString().lines().iterator(); each.hasNext(); ) {
      String line = each.next().strip();
      if (!line.isEmpty()) {
        lines.append(lines.isEmpty() ? "" : "\n").append(line);
      }
    }
    return lines.toString();
  }

  /// The text of what was written here, on one line.
  static String words(String payload) {
    return unescaped(TAG.matcher(payload).replaceAll("")).replaceAll("\\s+", " ").strip();
  }

  /// Character references, as far as they are of plain characters; others stay as they are.
  static String unescaped(String text) {
    return ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(character(found)));
  }

  private static String character(MatchResult reference) {
    String name = reference.group(1);
    return switch (name) {
      case "amp" -> "&";
      case "lt" -> "<";
      case "gt" -> ">";
      case "quot" -> "\"";
      case "apos" -> "'";
      case "nbsp" -> "\u00a0";
      case "lrm" -> "\u200e";
      case "rlm" -> "\u200f";
      default -> numbered(name.substring(1), reference.group());
    };
  }

  private static String numbered(String number, String reference) {
    int character =
        number.matches("[xX].*")
            ? Integer.parseInt(number.substring(1), 16)
            : Integer.parseInt(number);
    return Character.isValidCodePoint(character) && allowed(character)
        ? Character.toString(character)
        : reference;
  }
}
