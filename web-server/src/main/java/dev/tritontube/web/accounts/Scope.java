package dev.tritontube.web.accounts;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What somebody may do.
public enum Scope {
  /// See what is his own, though it is private.
  READ,
  /// Change and delete what is his own.
  WRITE,
  UPLOAD,
  /// Everything, with everybody's.
  ADMIN;

  public static final Set<Scope> ALL = Set.copyOf(EnumSet.allOf(Scope.class));

  /// As in the API and in the catalog.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> parse(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
  }

  /// In order, with a space between.
  static String words(Collection<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(" "));
  }

  static Set<Scope> parseWords(String words) {
    return Arrays.stream(words.split(" "))
        .flatMap(word -> parse(word).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
