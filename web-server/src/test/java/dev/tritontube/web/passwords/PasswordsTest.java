package dev.tritontube.web.passwords;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final Cost CHEAP = new Cost(8, 1);

  private final Passwords passwords = new Passwords(CHEAP, new Random(1), 1);

  @Test
  void knowsTheRightOne() throws Exception {
    String kept = passwords.hash(Password.chosen("correct horse"));

    assertTrue(kept.startsWith("$argon2id$v=19$m=8,t=1,p=1$"), kept);
    assertTrue(passwords.check(Password.typed("correct horse"), kept).right());
    assertFalse(passwords.check(Password.typed("correct hors"), kept).right());
    assertFalse(passwords.check(Password.typed("correct horse"), null).right());
  }

  @Test
  void keepsTheSamePasswordInDifferentWords() throws Exception {
    assertNotEquals(
        passwords.hash(Password.chosen("correct horse")),
        passwords.hash(Password.chosen("correct horse")));
  }

  @Test
  void takesAPasswordHoweverItIsTyped() throws Exception {
    String kept = passwords.hash(Password.chosen("caf\u00e9-\ufb01nal-no"));
    assertTrue(passwords.check(Password.typed("cafe\u0301-final-no"), kept).right());
  }

  @Test
  void tellsApartWhatFollowsANul() throws Exception {
    String kept = passwords.hash(Password.chosen("0123456789\0a"));
    assertTrue(passwords.check(Password.typed("0123456789\0a"), kept).right());
    assertFalse(passwords.check(Password.typed("0123456789\0b"), kept).right());
  }

  @Test
  void hashesAgainWhatWasHashedAtAnotherCost() throws Exception {
    String kept =
        new Passwords(new Cost(16, 1), new Random(2), 1).hash(Password.chosen("0123456789"));

    Optional<String> fresh = passwords.check(Password.typed("0123456789"), kept).fresh();

    assertTrue(fresh.orElseThrow().contains("m=8,"), fresh::orElseThrow);
    assertTrue(passwords.check(Password.typed("0123456789"), fresh.get()).right());
    assertEquals(Optional.empty(), passwords.check(Password.typed("wrong"), kept).fresh());
    assertEquals(
        Optional.empty(), passwords.check(Password.typed("0123456789"), fresh.get()).fresh());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "123456789", "12345678\ud800", "\ud800\ud800\ud800\ud800\ud800"})
  void refusesWhatIsNoPassword(String text) {
    assertThrows(IllegalArgumentException.class, () -> Password.chosen(text));
  }

  @Test
  void refusesWhatIsTooLong() {
    assertEquals(1024, Password.chosen("x".repeat(1024)).bytes().length);
    assertThrows(IllegalArgumentException.class, () -> Password.chosen("x".repeat(1025)));
    assertThrows(IllegalArgumentException.class, () -> Password.chosen("\u20ac".repeat(342)));
  }
}
