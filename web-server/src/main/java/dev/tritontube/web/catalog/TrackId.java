package dev.tritontube.web.catalog;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The identity of a track of words of a video: 20 characters of a-z and 2-7 (100 random bits),
/// never used again.
public record TrackId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{20}");

  public TrackId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a track id: '" + value + "'");
    }
  }

  /// Reads an id that came from outside: empty when it cannot be one.
  public static Optional<TrackId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new TrackId(text)) : Optional.empty();
  }

  /// @param random must be unpredictable outside of tests
  public static TrackId random(RandomGenerator random) {
    return new TrackId(RandomIds.next(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
