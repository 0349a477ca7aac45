package dev.tritontube.web.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs for one purpose (HMAC-SHA-256, RFC 2104): what is signed for one is nothing for another.
/// Thread-safe.
public final class Signer {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /// @param secret what all web servers of a catalog have in common
  Signer(byte[] secret, String purpose) {
    this.key =
        new SecretKeySpec(
            mac(new SecretKeySpec(secret, ALGORITHM), purpose.getBytes(UTF_8)), ALGORITHM);
  }

  /// In base 64 for URLs.
  public String sign(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, text.getBytes(UTF_8)));
  }

  /// Compares in a time that does not tell where they differ.
  public boolean signed(String text, String signature) {
    return MessageDigest.isEqual(sign(text).getBytes(UTF_8), signature.getBytes(UTF_8));
  }

  private static byte[] mac(SecretKeySpec key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
