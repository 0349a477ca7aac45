package dev.tritontube.web.catalog;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The identity of a job: 20 characters of a-z and 2-7 (100 random bits), never used again.
public record JobId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{20}");

  public JobId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a job id: '" + value + "'");
    }
  }

  /// Reads an id that came from outside: empty when it cannot be one.
  public static Optional<JobId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new JobId(text)) : Optional.empty();
  }

  /// @param random must be unpredictable outside of tests
  public static JobId random(RandomGenerator random) {
    return new JobId(RandomIds.next(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
