package dev.tritontube.manifests.presentation;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules for identifiers, which stand in URLs, XML attributes and playlists unescaped.
final class Names {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern CODECS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,63}");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

  private Names() {}

  static void check(String what, String name) {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s '%s' is not 1 to 64 letters, digits, '-' and '_'".formatted(what, name));
    }
  }

  static void checkCodecs(String representation, String codecs) {
    if (!CODECS.matcher(codecs).matches()) {
      throw new IllegalArgumentException(
          "codecs of %s: '%s' is not one RFC 6381 string".formatted(representation, codecs));
    }
  }

  static void checkLanguage(String track, String language) {
    if (!LANGUAGE.matcher(language).matches()) {
      throw new IllegalArgumentException(
          "language '%s' of track %s is not a BCP 47 tag".formatted(language, track));
    }
  }

  static void checkDistinct(String what, Collection<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("%s '%s' occurs twice".formatted(what, name));
      }
    }
  }
}
