package dev.tritontube.web.packaging;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;

/// From the language codes in files (ISO 639-2, bibliographic ones too) to BCP 47.
final class Languages {
  static final String UNDETERMINED = "und";

  private static final Map<String, String> BIBLIOGRAPHIC =
      Map.of(
          "ger", "de", "fre", "fr", "dut", "nl", "gre", "el", "chi", "zh", "cze", "cs", "rum", "ro",
          "per", "fa");
  private static final Map<String, String> TERMINOLOGICAL = terminological();

  private Languages() {}

  /// `und` for what is no language.
  static String tag(String code) {
    String lower = code.toLowerCase(Locale.ROOT);
    if (BIBLIOGRAPHIC.containsKey(lower)) {
      return BIBLIOGRAPHIC.getOrDefault(lower, UNDETERMINED);
    }
    String tag = Locale.forLanguageTag(TERMINOLOGICAL.getOrDefault(lower, lower)).toLanguageTag();
    return tag.isEmpty() ? UNDETERMINED : tag;
  }

  /// What people call it, in English; empty when it is not known.
  static String label(String tag) {
    return tag.equals(UNDETERMINED)
        ? ""
        : Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH);
  }

  private static Map<String, String> terminological() {
    Map<String, String> codes = new HashMap<>();
    for (String language : Locale.getISOLanguages()) {
      try {
        codes.put(Locale.of(language).getISO3Language(), language);
      } catch (MissingResourceException e) {
        // It has no code of three letters: nothing to map.
        continue;
      }
    }
    return Map.copyOf(codes);
  }
}
