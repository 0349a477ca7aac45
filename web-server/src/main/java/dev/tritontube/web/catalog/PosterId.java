package dev.tritontube.web.catalog;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The identity of a poster that an owner chose: 20 characters of a-z and 2-7 (100 random bits),
/// never used again.
public record PosterId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{20}");

  public PosterId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a poster's id: '" + value + "'");
    }
  }

  /// @param random must be unpredictable outside of tests
  public static PosterId random(RandomGenerator random) {
    return new PosterId(RandomIds.next(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
