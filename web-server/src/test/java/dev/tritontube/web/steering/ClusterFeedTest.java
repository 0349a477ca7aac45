package dev.tritontube.web.steering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClusterFeedTest {
  private static final ClusterFeed.Limits LIMITS =
      new ClusterFeed.Limits(2, Duration.ofMillis(1), Duration.ofMillis(50));

  private volatile long epoch = 1;
  private volatile boolean broken;
  private final AtomicInteger looks = new AtomicInteger();
  private final ClusterFeed feed = new ClusterFeed(this::look, LIMITS);

  @AfterEach
  void close() {
    feed.close();
  }

  private Moment look(Optional<Moment> before) throws IOException {
    looks.incrementAndGet();
    if (broken) {
      throw new IOException("the catalog is away");
    }
    return new Moment(epoch, false, List.of(), Optional.empty());
  }

  private static Moment moment(Optional<ClusterFeed.Heard> heard) {
    Moment moment = heard.orElseThrow().moment();
    return Optional.ofNullable(moment).orElseThrow();
  }

  @Test
  void tellsWhatIsNewAndOnlyThat() throws Exception {
    try (ClusterFeed.Seat seat = feed.follow().orElseThrow()) {
      Moment first = moment(seat.next(null));
      assertEquals(1, first.epoch());
      // A heartbeat: nothing happened.
      assertSame(first, moment(seat.next(first)));
      epoch = 7;
      Moment second = moment(seat.next(first));
      while (second.epoch() != 7) {
        second = moment(seat.next(second));
      }
      assertNotSame(first, second);
    }
  }

  @Test
  void goesOnWhenTheCatalogIsBack() throws Exception {
    broken = true;
    try (ClusterFeed.Seat seat = feed.follow().orElseThrow()) {
      assertEquals(new ClusterFeed.Heard(null), seat.next(null).orElseThrow());
      broken = false;
      ClusterFeed.Heard heard = seat.next(null).orElseThrow();
      while (heard.moment() == null) {
        heard = seat.next(null).orElseThrow();
      }
      assertEquals(1, heard.moment().epoch());
    }
  }

  @Test
  void letsNoMoreFollowThanItMayAndTakesOthersWhenTheyLeave() {
    ClusterFeed.Seat first = feed.follow().orElseThrow();
    ClusterFeed.Seat second = feed.follow().orElseThrow();
    assertTrue(feed.follow().isEmpty());
    first.close();
    first.close();
    ClusterFeed.Seat third = feed.follow().orElseThrow();
    assertTrue(feed.follow().isEmpty());
    second.close();
    third.close();
  }

  @Test
  void letsGoOfAllWhenItCloses() throws Exception {
    BlockingQueue<Boolean> gone = new LinkedBlockingQueue<>();
    ClusterFeed.Seat seat = feed.follow().orElseThrow();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Optional<ClusterFeed.Heard> heard = seat.next(null);
                while (heard.isPresent()) {
                  heard = seat.next(heard.get().moment());
                }
                gone.add(true);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    feed.close();
    assertTrue(gone.take());
    assertTrue(feed.follow().isEmpty());
    int before = looks.get();
    assertEquals(before, looks.get(), "nobody looks any more");
  }
}
