package dev.tritontube.web.tracks;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the sounds of a video are called in addresses: `audio-1`, `audio-2`, …
final class AudioId {
  private static final Pattern FORM = Pattern.compile("audio-([1-9][0-9]?)");

  private AudioId() {}

  static String of(int number) {
    return "audio-" + number;
  }

  /// Empty for what is none.
  static OptionalInt parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() ? OptionalInt.of(Integer.parseInt(form.group(1))) : OptionalInt.empty();
  }
}
