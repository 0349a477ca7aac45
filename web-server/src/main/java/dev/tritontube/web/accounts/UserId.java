package dev.tritontube.web.accounts;

import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.RandomIds;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The identity of a user: 20 characters of a-z and 2-7 (100 random bits), never used again.
public record UserId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{20}");

  public UserId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a user id: '" + value + "'");
    }
  }

  /// Reads an id that came from outside: empty when it cannot be one.
  public static Optional<UserId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new UserId(text)) : Optional.empty();
  }

  /// @param random must be unpredictable outside of tests
  public static UserId random(RandomGenerator random) {
    return new UserId(RandomIds.next(random));
  }

  /// Whose a video is that this user uploads.
  public Owner owner() {
    return new Owner(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
