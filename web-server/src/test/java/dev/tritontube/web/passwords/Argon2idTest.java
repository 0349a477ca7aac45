package dev.tritontube.web.passwords;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2idTest {
  /// Vectors of the reference implementation (phc-winner-argon2, `src/test.c`, type id, version
  /// 0x13).
  @ParameterizedTest
  @CsvSource({
    "256, 2, password, somesalt, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    "65536, 1, password, somesalt, f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98"
  })
  void givesTheTagsOfTheReference(
      int kibibytes, int passes, String password, String salt, String tag) {
    byte[] made =
        Argon2id.tag(
            new Cost(kibibytes, passes),
            password.getBytes(US_ASCII),
            salt.getBytes(US_ASCII),
            tag.length() / 2);
    assertEquals(tag, HexFormat.of().formatHex(made));
  }
}
