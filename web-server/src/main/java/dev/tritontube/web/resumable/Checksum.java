package dev.tritontube.web.resumable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/// What a client says of the bytes that it sends: `Upload-Checksum`. For one thread.
final class Checksum {
  /// By their names in tus.
  private static final Map<String, String> ALGORITHMS =
      Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256");

  static final String NAMES = "sha256,sha1,md5";

  private final MessageDigest digest;
  private final byte[] expected;

  private Checksum(MessageDigest digest, byte[] expected) {
    this.digest = digest;
    this.expected = expected;
  }

  /// @param header a name and the digest in base 64
  /// @throws IllegalArgumentException says what is wrong with it
  static Checksum parse(String header) {
    String[] parts = header.strip().split(" +", -1);
    String algorithm = ALGORITHMS.get(parts[0]);
    if (parts.length != 2 || algorithm == null) {
      throw new IllegalArgumentException("a checksum is one of " + NAMES + " and the digest");
    }
    MessageDigest digest = digest(algorithm);
    byte[] expected = Base64.getDecoder().decode(parts[1]);
    if (expected.length != digest.getDigestLength()) {
      throw new IllegalArgumentException("the digest has another length");
    }
    return new Checksum(digest, expected);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  void update(byte[] data, int length) {
    digest.update(data, 0, length);
  }

  /// To be asked once, in the end.
  boolean holds() {
    return MessageDigest.isEqual(digest.digest(), expected);
  }
}
