package dev.tritontube.web.catalog;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The identity of a video: 20 characters of a-z and 2-7 (100 random bits), never used again.
public record VideoId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{20}");

  public VideoId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a video id: '" + value + "'");
    }
  }

  /// Reads an id that came from outside: empty when it cannot be one.
  public static Optional<VideoId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new VideoId(text)) : Optional.empty();
  }

  /// @param random must be unpredictable outside of tests
  public static VideoId random(RandomGenerator random) {
    return new VideoId(RandomIds.next(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
