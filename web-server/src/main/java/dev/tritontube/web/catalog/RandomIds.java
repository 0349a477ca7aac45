package dev.tritontube.web.catalog;

import java.util.random.RandomGenerator;

/// Ids that nobody can guess: base 32 (RFC 4648, lower case) of 100 random bits.
public final class RandomIds {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 20;

  private RandomIds() {}

  public static String next(RandomGenerator random) {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
