package dev.tritontube.node.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BytesPerSecondTest {
  private final AtomicLong now = new AtomicLong();
  private final Throttle throttle = new BytesPerSecond(1000, now::get, now::addAndGet);

  @Test
  void spacesBytesByTheirTime() throws InterruptedException {
    for (int i = 0; i < 11; i++) {
      throttle.take(100);
    }
    assertEquals(1_000_000_000L, now.get());
  }

  @Test
  void savesNoMoreThanATenthOfASecondUp() throws InterruptedException {
    now.set(60_000_000_000L);
    for (int i = 0; i < 4; i++) {
      throttle.take(100);
    }
    assertEquals(60_200_000_000L, now.get());
  }
}
