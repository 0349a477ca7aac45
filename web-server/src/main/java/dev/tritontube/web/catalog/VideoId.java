package dev.tritontube.web.catalog;

import java.util.regex.Pattern;

/// The identity of a video: 20 characters of a-z and 2-7 (100 random bits), never used again.
public record VideoId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{20}");

  public VideoId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a video id: '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
