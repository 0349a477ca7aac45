package dev.tritontube.web.catalog;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The identity of an asset: 20 characters of a-z and 2-7 (100 random bits), never used again.
public record AssetId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{20}");

  public AssetId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an asset id: '" + value + "'");
    }
  }

  /// @param random must be unpredictable outside of tests
  public static AssetId random(RandomGenerator random) {
    return new AssetId(RandomIds.next(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
