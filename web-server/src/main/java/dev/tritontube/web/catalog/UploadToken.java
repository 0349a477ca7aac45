package dev.tritontube.web.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a client calls an upload, to follow it by: 16 to 64 letters, digits, `-` and `_`, such as a
/// UUID. Unique among the uploads under way.
public record UploadToken(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{16,64}");

  public UploadToken {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a token of an upload: '" + value + "'");
    }
  }

  /// Reads a token that came from outside: empty when it cannot be one.
  public static Optional<UploadToken> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new UploadToken(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
