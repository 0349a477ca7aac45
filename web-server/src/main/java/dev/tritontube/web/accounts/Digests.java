package dev.tritontube.web.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Keys and tokens that nobody can guess, and what is kept of them.
public final class Digests {
  private static final int KEY_BYTES = 32;

  private Digests() {}

  /// 256 random bits in base 64 for URLs.
  ///
  /// @param random must be unpredictable outside of tests
  public static String newKey(RandomGenerator random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }

  /// SHA-256 in hexadecimal digits: enough for what nobody can guess.
  public static String of(String key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
