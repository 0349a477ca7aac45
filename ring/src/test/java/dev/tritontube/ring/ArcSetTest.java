package dev.tritontube.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArcSetTest {
  private static final ArcSet SOME =
      ArcSet.of(List.of(new ArcRange(7, 9), new ArcRange(0, 0), new ArcRange(1, 2)));

  @Test
  void joinsNeighboursIntoRanges() {
    assertEquals(List.of(new ArcRange(0, 2), new ArcRange(7, 9)), SOME.ranges());
    assertEquals(SOME, ArcSet.of(SOME.ranges()));
    assertEquals(6, SOME.size());
    assertArrayEquals(new int[] {0, 1, 2, 7, 8, 9}, SOME.stream().toArray());
  }

  @Test
  void containsItsArcsOnly() {
    assertTrue(SOME.contains(9));
    assertFalse(SOME.contains(3));
    assertFalse(SOME.contains(1 << 16));
    assertTrue(ArcSet.of(List.of()).isEmpty());
    assertFalse(SOME.isEmpty());
  }

  @Test
  void addsAndSubtracts() {
    ArcSet middle = ArcSet.of(List.of(new ArcRange(2, 7)));
    assertEquals(List.of(new ArcRange(0, 9)), SOME.union(middle).ranges());
    assertEquals(List.of(new ArcRange(0, 1), new ArcRange(8, 9)), SOME.without(middle).ranges());
  }

  @Test
  void refusesRangesThatAreNone() {
    assertThrows(IllegalArgumentException.class, () -> new ArcRange(-1, 3));
    assertThrows(IllegalArgumentException.class, () -> new ArcRange(3, 2));
    assertEquals(3, new ArcRange(7, 9).size());
  }
}
