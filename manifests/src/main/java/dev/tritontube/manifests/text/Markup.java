package dev.tritontube.manifests.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes the markup of a cue apart and writes what is harmless of it anew.
final class Markup {
  private static final Set<String> SPANS = Set.of("b", "i", "u", "c", "v", "lang", "ruby", "rt");
  private static final Set<String> OF_SUB_RIP = Set.of("b", "i", "u");

  /// What WebVTT says of a span: `c.loud.yellow`, `v.first Mary`, `/b` (WebVTT, 6.4).
  private static final Pattern SPAN =
      Pattern.compile("(/?)([a-z]{0,4})((?:\\.[^\\s.<>&]*)*)(?:\\s++([^<]*+))?+");

  private static final Pattern CLASS = Pattern.compile("\\.[A-Za-z0-9_-]{0,31}[A-Za-z0-9_]");
  private static final int MAX_CLASSES = 8;
  private static final int MAX_ANNOTATION = 200;

  /// When a word of a song is to be sung: nothing is shown of it.
  private static final Pattern TIME = Pattern.compile("(?:\\d{2,3}:)?\\d{2}:\\d{2}\\.\\d{3}");

  private static final Pattern SUB_RIP_TAG =
      Pattern.compile("(?i)(/?)(b|i|u|s|font)(?:\\s[^<>]*)?");

  /// Of SubStation Alpha, as many files have them: `{\an8}`.
  private static final Pattern OVERRIDE = Pattern.compile("\\{\\\\[^{}]{0,200}\\}");

  private Markup() {}

  /// @param raw the lines of a cue of WebVTT
  static Payload ofWebVtt(String raw) {
    Payload payload = new Payload();
    each(
        raw,
        payload,
        tag -> {
          if (!TIME.matcher(tag).matches() && !span(tag, payload)) {
            payload.text("<" + Payload.unescaped(tag) + ">");
          }
        },
        Payload::unescaped);
    return payload;
  }

  /// @param raw the lines of a cue of SubRip, in which nothing is escaped
  static Payload ofSubRip(String raw) {
    Payload payload = new Payload();
    each(
        OVERRIDE.matcher(raw).replaceAll(""),
        payload,
        tag -> {
          if (!subRipSpan(tag, payload)) {
            payload.text("<" + tag + ">");
          }
        },
        text -> text);
    return payload;
  }

  private interface Tags {
    void tag(String inside);
  }

  private interface Texts {
    String read(String text);
  }

  private static void each(String raw, Payload payload, Tags tags, Texts texts) {
    int at = 0;
    while (at < raw.length()) {
      int begin = raw.indexOf('<', at);
      int end = begin < 0 ? -1 : raw.indexOf('>', begin);
      if (end < 0) {
        payload.text(texts.read(raw.substring(at)));
        return;
      }
      payload.text(texts.read(raw.substring(at, begin)));
      tags.tag(raw.substring(begin + 1, end));
      at = end + 1;
    }
  }

  /// @return false for what is no span
  private static boolean span(String tag, Payload payload) {
    Matcher form = SPAN.matcher(tag);
    if (!form.matches() || !(SPANS.contains(form.group(2)))) {
      return tag.equals("/"); // Ends whatever is open, for no player that we know: left out.
    }
    String name = form.group(2);
    if (!form.group(1).isEmpty()) {
      payload.close(name);
      return true;
    }
    String annotation = annotation(name, form.group(4) == null ? "" : form.group(4));
    boolean needed = name.equals("v") || name.equals("lang");
    if (!needed || !annotation.isEmpty()) {
      payload.open(name, classes(form.group(3)) + (needed ? " " + annotation : ""));
    }
    return true;
  }

  private static String classes(String given) {
    StringBuilder kept = new StringBuilder();
    CLASS.matcher(given).results().limit(MAX_CLASSES).forEach(found -> kept.append(found.group()));
    return kept.toString();
  }

  /// Who speaks, or in which language.
  private static String annotation(String name, String given) {
    String text = Payload.unescaped(given).replaceAll("\\s+", " ").strip();
    if (text.length() > MAX_ANNOTATION) {
      return "";
    }
    if (name.equals("lang")) {
      return LanguageTag.parse(text).orElse("");
    }
    Payload escaped = new Payload();
    escaped.text(text.replaceFirst("-+$", "")); // With the end of the tag it would be an arrow.
    return escaped.finish();
  }

  private static boolean subRipSpan(String tag, Payload payload) {
    Matcher form = SUB_RIP_TAG.matcher(tag);
    if (!form.matches()) {
      return false;
    }
    String name = form.group(2).toLowerCase(Locale.ROOT);
    if (OF_SUB_RIP.contains(name)) {
      if (form.group(1).isEmpty()) {
        payload.open(name, "");
      } else {
        payload.close(name);
      }
    }
    return true;
  }
}
