package dev.tritontube.manifests.presentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class RationalTest {
  @Test
  void keepsLowestTerms() {
    assertEquals(new Rational(24000, 1001), new Rational(240_000, 10_010));
    assertEquals(Rational.ZERO, new Rational(0, 48_000));
  }

  @Test
  void addsExactly() {
    assertEquals(new Rational(5, 6), new Rational(1, 2).plus(new Rational(1, 3)));
    assertThrows(
        ArithmeticException.class,
        () -> new Rational(1, Long.MAX_VALUE).plus(new Rational(1, Long.MAX_VALUE - 1)));
  }

  @Test
  void comparesWithoutOverflow() {
    assertTrue(
        new Rational(Long.MAX_VALUE, Long.MAX_VALUE - 1)
                .compareTo(new Rational(Long.MAX_VALUE - 1, Long.MAX_VALUE))
            > 0);
  }

  @Test
  void countsFramesAcrossALength() {
    Rational duration = new Rational(1001 * 5, 30_000);
    assertEquals(8008, duration.timesCeiling(48_000));
    assertEquals(8, duration.timesCeiling(44));
    assertEquals(7, duration.timesFloor(44));
    assertEquals("0.167", duration.decimal(3, RoundingMode.HALF_UP).toPlainString());
  }

  @Test
  void writesFrameRates() {
    assertEquals("30000/1001", new Rational(30_000, 1001).toString());
    assertEquals("25", Rational.of(25).toString());
  }

  @Test
  void refusesWhatIsNoFraction() {
    assertThrows(IllegalArgumentException.class, () -> new Rational(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Rational(-1, 2));
  }
}
