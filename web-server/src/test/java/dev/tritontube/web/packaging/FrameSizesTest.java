package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameSizesTest {
  private final FrameSizes sizes = new FrameSizes();

  @Test
  void findsTheLiveliestStretch() {
    add(1, 10_000, true);
    add(256, 100, false);
    add(1, 30_000, true);
    add(64, 1_000, false);
    assertEquals(Optional.of(new Effort(20_000, 30_000, 1_000)), sizes.effort());
    assertEquals(0.05, sizes.effort().orElseThrow().motion());
  }

  @Test
  void doesNotJudgeWhatIsShort() {
    add(1, 10_000, true);
    add(298, 100, false);
    assertTrue(sizes.effort().isEmpty());
    add(1, 100, false);
    assertTrue(sizes.effort().isPresent());
  }

  @Test
  void doesNotJudgeKeyFramesAlone() {
    add(1_000, 10_000, true);
    assertTrue(sizes.effort().isEmpty());
  }

  private void add(int count, long bytes, boolean key) {
    for (int i = 0; i < count; i++) {
      sizes.add(bytes, key);
    }
  }
}
