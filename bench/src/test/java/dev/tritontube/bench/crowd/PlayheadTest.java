package dev.tritontube.bench.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.bench.crowd.Playhead.Stalls;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlayheadTest {
  private static final double EXACT = 1e-6;

  private long now = 1_000;
  private final Playhead playhead = new Playhead(() -> now, 2, 4, 20);

  private void pass(double seconds) {
    now += (long) (seconds * Duration.ofSeconds(1).toNanos());
  }

  @Test
  void waitsForPicturesAndSoundAtFirstWhichIsNoStall() {
    pass(3);
    playhead.arrived(0, 6);
    pass(3);
    assertEquals(4, playhead.position(), EXACT);

    playhead.arrived(1, 8);
    pass(1.5);

    assertEquals(5.5, playhead.position(), EXACT);
    assertEquals(Stalls.NONE, playhead.stalls());
  }

  @Test
  void standsStillWhenOneOfThemRunsOut() {
    playhead.arrived(0, 6);
    playhead.arrived(1, 8);
    pass(3.25);

    assertEquals(6, playhead.position(), EXACT);
    assertEquals(1.25, playhead.stalls().longestSeconds(), EXACT);
  }

  @Test
  void goesOnFromWhereItStood() {
    playhead.arrived(0, 6);
    playhead.arrived(1, 8);
    pass(3);
    playhead.arrived(0, 8);
    pass(0.5);

    assertEquals(6.5, playhead.position(), EXACT);
    pass(2);
    playhead.arrived(0, 20);
    playhead.arrived(1, 20);
    assertEquals(new Stalls(2, 1), playhead.stalls());
  }

  @Test
  void comesToTheEndWithoutAStall() {
    playhead.arrived(0, 20.02);
    playhead.arrived(1, 20.1);
    pass(15.9);
    assertFalse(playhead.atEnd());

    pass(60);

    assertTrue(playhead.atEnd());
    assertEquals(Stalls.NONE, playhead.stalls());
  }
}
