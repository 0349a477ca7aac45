package dev.tritontube.web.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a user signs in as, in lower case: 3 to 64 letters of ASCII, digits and `. _ - @ +`, so
/// that an address of mail can be one.
public record Username(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9._@+-]{3,64}");

  public Username {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a username: '" + value + "'");
    }
  }

  /// Reads a name that came from outside: empty when it cannot be one.
  public static Optional<Username> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return FORM.matcher(lower).matches() ? Optional.of(new Username(lower)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
