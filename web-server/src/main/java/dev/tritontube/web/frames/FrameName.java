package dev.tritontube.web.frames;

import dev.tritontube.web.packaging.StillFormat;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How pictures are called: `frame-000123-00-04-56.789.jpg` is number 123, from 1 on, at 4 minutes
/// 56.789 seconds. All names have the same length.
final class FrameName {
  /// In bytes.
  static final int LENGTH = 29;

  private static final Pattern FORM =
      Pattern.compile("frame-(\\d{6})-\\d\\d-\\d\\d-\\d\\d\\.\\d{3}\\.(jpg|png)");

  private FrameName() {}

  /// @param index from 0
  /// @param millis from the beginning, less than 100 hours
  static String of(int index, long millis, StillFormat format) {
    return String.format(
        Locale.ROOT,
        "frame-%06d-%02d-%02d-%02d.%03d.%s",
        index + 1,
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1000 % 60,
        millis % 1000,
        format.word());
  }

  /// Which picture a name is of; empty when it is no name, or not one of so many.
  static OptionalInt index(String name, int count) {
    Matcher form = FORM.matcher(name);
    int index = form.matches() ? Integer.parseInt(form.group(1)) - 1 : -1;
    return index >= 0 && index < count ? OptionalInt.of(index) : OptionalInt.empty();
  }
}
