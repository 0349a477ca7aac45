package dev.tritontube.web.catalog;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The identity of the words of a track: 20 characters of a-z and 2-7 (100 random bits), never used
/// again.
public record TextId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{20}");

  public TextId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a text id: '" + value + "'");
    }
  }

  /// Reads an id that came from outside: empty when it cannot be one.
  public static Optional<TextId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new TextId(text)) : Optional.empty();
  }

  /// @param random must be unpredictable outside of tests
  public static TextId random(RandomGenerator random) {
    return new TextId(RandomIds.next(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
