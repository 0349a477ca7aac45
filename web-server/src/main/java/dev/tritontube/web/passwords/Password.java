package dev.tritontube.web.passwords;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;
import java.util.Arrays;

/// What somebody typed: normalized (NFKC, as NIST SP 800-63B advises), so that it is the same on
/// every keyboard, in UTF-8. Any character may be in it. Printing it does not show it.
public final class Password {
  public static final int MIN_BYTES = 10;
  public static final int MAX_BYTES = 1024;

  private final byte[] bytes;

  private Password(byte[] bytes) {
    this.bytes = bytes;
  }

  /// One that is to be compared.
  public static Password typed(String text) {
    return new Password(Normalizer.normalize(text, Normalizer.Form.NFKC).getBytes(UTF_8));
  }

  /// One that is to be kept.
  ///
  /// @throws IllegalArgumentException with a message for whoever chose it
  public static Password chosen(String text) {
    byte[] bytes = encoded(Normalizer.normalize(text, Normalizer.Form.NFKC));
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a password has " + MIN_BYTES + " to " + MAX_BYTES + " bytes in UTF-8");
    }
    return new Password(bytes);
  }

  private static byte[] encoded(String text) {
    try {
      ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return Arrays.copyOf(encoded.array(), encoded.limit());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a password has halves of characters in it", e);
    }
  }

  byte[] bytes() {
    return bytes;
  }
}
