package dev.tritontube.web.cluster;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LoopTest {
  @Test
  @Timeout(60)
  void goesOnAfterAFailure() throws Exception {
    CountDownLatch rounds = new CountDownLatch(2);
    try (Loop _ =
        Loop.start(
            "test",
            () -> {
              rounds.countDown();
              if (rounds.getCount() > 0) {
                throw new ConnectionException(new IllegalStateException("no catalog"));
              }
              return Duration.ofDays(1);
            })) {
      rounds.await();
    }
  }
}
