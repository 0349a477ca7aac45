package dev.tritontube.web.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What is kept of a request, so that only who sends the same key again can make something of it:
/// requests have passwords in them, answers have keys. Immutable.
///
/// Three codes are drawn from the key by HMAC-SHA256: a name, one of the request, and the key of
/// AES-256-GCM for the answer, `iv (12 bytes) || ciphertext || tag` in base 64.
final class KeyedSecrets {
  private static final String MAC = "HmacSHA256";
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final byte[] key;
  private final String caller;

  /// @param key as the client chose it, at least one character
  /// @param caller whose it is: the same key of somebody else is another one
  KeyedSecrets(String key, String caller) {
    this.key = key.getBytes(UTF_8);
    this.caller = caller;
  }

  String name() {
    return HexFormat.of().formatHex(code("name " + caller, new byte[0]));
  }

  /// @param described all that tells requests apart, but for the body
  String fingerprint(String described, byte[] body) {
    return HexFormat.of().formatHex(code("request " + described + "\n\n", body));
  }

  String seal(byte[] answer, RandomGenerator random) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(answer);
      byte[] whole = Arrays.copyOf(iv, IV_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, IV_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /// Empty when it was not sealed by this key.
  Optional<byte[]> open(String sealed) {
    byte[] whole = Base64.getDecoder().decode(sealed);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, IV_BYTES))
              .doFinal(whole, IV_BYTES, whole.length - IV_BYTES));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec secret = new SecretKeySpec(code("answer " + caller, new byte[0]), "AES");
    cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, iv));
    return cipher;
  }

  private byte[] code(String what, byte[] more) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      mac.update(what.getBytes(UTF_8));
      return mac.doFinal(more);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }
}
