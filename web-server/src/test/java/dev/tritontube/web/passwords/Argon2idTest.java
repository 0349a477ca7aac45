package dev.tritontube.web.passwords;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
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

  /// RFC 7693, appendix A, and the digest of nothing.
  @Test
  void givesTheDigestsOfBlake2() {
    assertEquals(
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
        HexFormat.of().formatHex(Blake2b.digest("abc".getBytes(US_ASCII), 64)));
    assertEquals(
        "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419"
            + "d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce",
        HexFormat.of().formatHex(Blake2b.digest(new byte[0], 64)));
  }
}
