package dev.tritontube.web.catalog;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// Texts as they are sorted and compared: in lower case, without accents.
final class LibraryKeys {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private LibraryKeys() {}

  static String of(String text) {
    String bare = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    return Normalizer.normalize(bare, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
