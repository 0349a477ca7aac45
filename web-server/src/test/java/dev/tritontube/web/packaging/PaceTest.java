package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final AssetId ASSET = new AssetId("a".repeat(20));
  private static final Duration EXPECTED = Duration.ofSeconds(100);

  private Instant now = Instant.EPOCH;
  private final Pace pace = new Pace(() -> now);

  @Test
  void beginsWithWhatIsExpected() {
    assertEquals(100, look(0).etaSeconds());
    assertEquals(50, new Pace(() -> now).look(ASSET, "r", 0.5, EXPECTED).etaSeconds());
  }

  @Test
  void believesWhatItSees() {
    look(0);
    for (int i = 1; i <= 30; i++) {
      now = now.plusSeconds(2);
      look(i / 100.0);
    }
    int eta = Objects.requireNonNull(look(0.3).etaSeconds());
    assertTrue(eta > 110 && eta <= 140, "half of what was expected a second: " + eta);
  }

  @Test
  void growsWhileNothingIsMadeAndEndsWithTheWork() {
    look(0.5);
    now = now.plusSeconds(60);
    Pace.Seen idle = look(0.5);
    assertEquals(Duration.ofSeconds(60), idle.idle());
    assertTrue(Objects.requireNonNull(idle.etaSeconds()) > 300, idle.toString());
    now = now.plus(Duration.ofHours(3));
    assertNull(look(0.5).etaSeconds());
    assertEquals(0, look(1).etaSeconds());
    assertEquals(Duration.ZERO, look(1).idle());
  }

  @Test
  void beginsAnewWithAnotherRevision() {
    look(0.9);
    assertEquals(100, pace.look(ASSET, "s", 0, EXPECTED).etaSeconds());
  }

  private Pace.Seen look(double share) {
    return pace.look(ASSET, "r", share, EXPECTED);
  }
}
