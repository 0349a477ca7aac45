package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.presentation.Rational;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrameGridTest {
  private static final Rational MILLISECOND = new Rational(1, 1000);
  private static final Rational TICK_90K = new Rational(1, 90_000);
  private static final Rational FILM = new Rational(24_000, 1001);

  @Test
  void findsTheRateBehindRoundedTimes() {
    long[] times = LongStream.range(0, 240).map(i -> Math.round(i * 1001 / 24.0)).toArray();
    FrameGrid.Grid grid =
        FrameGrid.of(times, 0, MILLISECOND, List.of(Rational.ZERO, Rational.ZERO));
    assertEquals(FILM, grid.rate());
    assertEquals(240, grid.frames());
    assertTrue(grid.constant());
  }

  @Test
  void countsPlacesInAGap() {
    long[] times =
        LongStream.range(0, 100).filter(i -> i < 30 || i >= 50).map(i -> i * 3600).toArray();
    FrameGrid.Grid grid = FrameGrid.of(times, 0, TICK_90K, List.of(Rational.of(20)));
    assertEquals(Rational.of(25), grid.rate());
    assertEquals(100, grid.frames());
  }

  @Test
  void isNotMisledByADeclaredFieldRate() {
    long[] times = LongStream.range(0, 50).map(i -> i * 3600).toArray();
    assertEquals(
        Rational.of(25),
        FrameGrid.of(times, 0, TICK_90K, List.of(Rational.of(50), Rational.of(25))).rate());
  }

  @Test
  void takesTheNearestUsualRateForVariableOnes() {
    long[] times =
        LongStream.range(0, 100).map(i -> i * 3300 + (i * i * 7919) % 2500).sorted().toArray();
    FrameGrid.Grid grid = FrameGrid.of(times, 0, TICK_90K, List.of(Rational.ZERO, Rational.ZERO));
    assertFalse(grid.constant());
    assertTrue(
        grid.rate().approximately() > 23 && grid.rate().approximately() < 31, grid.toString());
  }

  @Test
  void dividesFastRates() {
    assertEquals(Rational.of(60), FrameGrid.slowed(Rational.of(240)));
    assertEquals(new Rational(60_000, 1001), FrameGrid.slowed(new Rational(120_000, 1001)));
    assertEquals(Rational.of(45), FrameGrid.slowed(Rational.of(90)));
  }
}
