package dev.tritontube.manifests.text;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;

/// Tags of languages (BCP 47, RFC 5646).
public final class LanguageTag {
  /// RFC 5646, 4.4.1: longer ones need not be understood.
  public static final int MAX_LENGTH = 35;

  private LanguageTag() {}

  /// The canonical form of a tag: `en-us` is `en-US`. Empty for what is no well-formed tag.
  public static Optional<String> parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      String tag = new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
      return tag.length() > MAX_LENGTH ? Optional.empty() : Optional.of(tag);
    } catch (IllformedLocaleException _) {
      return Optional.empty();
    }
  }
}
