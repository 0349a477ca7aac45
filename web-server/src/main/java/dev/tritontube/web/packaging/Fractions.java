package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Rational;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fractions as ffprobe writes them.
final class Fractions {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})/(\\d{1,12})");

  private Fractions() {}

  /// Zero for what is no fraction, and for a denominator of 0.
  static Rational parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Long.parseLong(form.group(2)) == 0) {
      return Rational.ZERO;
    }
    return new Rational(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
  }
}
