package dev.tritontube.node.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.ArcRange;
import dev.tritontube.ring.ArcSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArcWindowsTest {
  private static final ArcSet ARCS =
      ArcSet.of(List.of(new ArcRange(3, 40), new ArcRange(50, 50), new ArcRange(60, 16_383)));

  @Test
  void coversEveryArcOnceWhateverItSees() {
    for (long entries : new long[] {0, 5_000, 1_000_000}) {
      List<ArcRange> all = new ArrayList<>();
      ArcWindows windows = new ArcWindows(ARCS);
      while (windows.hasNext()) {
        all.addAll(windows.next());
        windows.saw(entries);
      }
      assertEquals(ARCS, ArcSet.of(all));
      assertEquals(ARCS.size(), all.stream().mapToInt(ArcRange::size).sum());
    }
  }

  @Test
  void takesFewArcsWhereThereIsMuch() {
    ArcWindows windows = new ArcWindows(ARCS);
    assertEquals(64, size(windows.next()));
    windows.saw(100_000);
    assertEquals(32, size(windows.next()));
    windows.saw(10);
    windows.saw(10);
    assertEquals(128, size(windows.next()));
    for (int i = 0; i < 20; i++) {
      windows.saw(100_000);
    }
    assertEquals(1, size(windows.next()));
    assertTrue(windows.hasNext());
    assertFalse(new ArcWindows(ArcSet.of(List.of())).hasNext());
  }

  private static int size(List<ArcRange> window) {
    return window.stream().mapToInt(ArcRange::size).sum();
  }
}
