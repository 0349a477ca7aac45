package dev.tritontube.web.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Claim;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Event;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.catalog.Sha256;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.UploadStore.Finished;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoDetails;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.events.EventFeed.Limits;
import dev.tritontube.web.events.Follower.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("catalog")
class EventFeedTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final int TAIL = 5;

  /// News comes by the signal of this process alone.
  private static final Limits LIMITS =
      new Limits(2, TAIL, Duration.ofMinutes(5), Duration.ofMillis(200));

  @TempDir Path folder;
  private final Random random = new Random(5);
  private Database database;
  private VideoStore videos;
  private EventFeed feed;
  private VideoId video;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    videos = new VideoStore(database);
    feed = new EventFeed(database.events(), LIMITS);
    video = video();
  }

  @AfterEach
  void close() {
    feed.close();
    database.close();
  }

  @Test
  void tellsWhatIsNewFromNowOn() throws Exception {
    try (Follower follower = follow(OptionalLong.empty())) {
      assertInstanceOf(Step.Nothing.class, follower.next());
      edit(1);
      assertEquals(List.of(2L), take(follower, 1));
      edit(2);
      assertEquals(List.of(3L, 4L), take(follower, 2));
    }
  }

  @Test
  void replaysWhatWasMissedAndGoesOnWithWhatIsNew() throws Exception {
    edit(3 * TAIL);
    try (Follower follower = follow(OptionalLong.of(2))) {
      assertEquals(ids(3, 1 + 3 * TAIL), take(follower, 3 * TAIL - 1));
      edit(1);
      assertEquals(List.of(2L + 3 * TAIL), take(follower, 1));
    }
  }

  @Test
  void replaysMoreThanOnePage() throws Exception {
    int many = 2 * EventFeed.PAGE + 1;
    database
        .jdbi()
        .useTransaction(
            tx -> {
              tx.execute(
                  """
                  with recursive n (n) as (select 2 union all select n + 1 from n where n <= ?)
                  insert into events (id, at, type, subject) select n, 0, 'deleted', 'x' from n
                  """,
                  many);
              tx.execute("update event_counter set last_id = ?", many + 1);
            });
    try (Follower follower = follow(OptionalLong.of(0))) {
      assertEquals(ids(1, many + 1), take(follower, many + 1));
    }
  }

  @Test
  void saysWhenTheLogDoesNotReachBackSoFar() throws Exception {
    edit(9);
    database.events().prune(NOW, 3);
    try (Follower follower = follow(OptionalLong.of(6))) {
      assertInstanceOf(Step.Lost.class, follower.next());
      assertEquals(10, follower.place());
      edit(1);
      assertEquals(List.of(11L), take(follower, 1));
    }
    try (Follower follower = follow(OptionalLong.of(7))) {
      assertEquals(List.of(8L, 9L, 10L, 11L), take(follower, 4));
    }
  }

  @Test
  void saysWhenAllOfTheLogIsGone() throws Exception {
    edit(1);
    database.events().prune(NOW.plusSeconds(1), 100);
    try (Follower behind = follow(OptionalLong.of(1));
        Follower upToDate = follow(OptionalLong.of(2))) {
      assertInstanceOf(Step.Lost.class, behind.next());
      assertInstanceOf(Step.Nothing.class, upToDate.next());
    }
  }

  @Test
  void knowsIdsThatAreNoneOfThisLog() throws Exception {
    try (Follower follower = follow(OptionalLong.of(1000))) {
      assertInstanceOf(Step.Lost.class, follower.next());
      assertEquals(1, follower.place());
    }
  }

  @Test
  void cutsOffWhoFallsTooFarBehind() throws Exception {
    try (Follower slow = follow(OptionalLong.empty());
        Follower quick = follow(OptionalLong.empty())) {
      edit(1);
      take(slow, 1);
      take(quick, 1);
      for (int i = 0; i <= TAIL; i++) {
        edit(1);
        take(quick, 1);
      }
      assertInstanceOf(Step.TooSlow.class, slow.next());
      assertInstanceOf(Step.Nothing.class, quick.next());
    }
    try (Follower back = follow(OptionalLong.of(2))) {
      assertEquals(ids(3, 3 + TAIL), take(back, TAIL + 1));
    }
  }

  @Test
  void whoIsALittleBehindIsNotToldOfWhatWasHiddenMeanwhile() throws Exception {
    try (Follower slow = follow(OptionalLong.empty());
        Follower quick = follow(OptionalLong.empty())) {
      edit(1);
      take(quick, 1);
      videos.edit(video, before -> words("", Visibility.PRIVATE), NOW);
      take(quick, 1);

      Event first = ((Step.Events) slow.next()).events().getFirst();

      assertEquals(2, first.id());
      assertEquals(Visibility.PRIVATE, Objects.requireNonNull(first.now()).visibility());
    }
  }

  @Test
  void holdsOnlySoMany() {
    Follower one = follow(OptionalLong.empty());
    try (Follower _ = follow(OptionalLong.empty())) {
      assertTrue(feed.follow(OptionalLong.empty()).isEmpty());
      assertTrue(feed.full());
      one.close();
      one.close();
      follow(OptionalLong.empty()).close();
    }
  }

  @Test
  void letsGoOfAllWhenItCloses() throws Exception {
    try (Follower follower = follow(OptionalLong.empty())) {
      Thread closer = Thread.ofVirtual().start(feed::close);
      Step step = follower.next();
      while (step instanceof Step.Nothing) {
        step = follower.next();
      }
      assertInstanceOf(Step.Closed.class, step);
      closer.join();
      assertTrue(feed.follow(OptionalLong.empty()).isEmpty());
    }
  }

  private Follower follow(OptionalLong after) {
    return feed.follow(after).orElseThrow();
  }

  private static List<Long> take(Follower follower, int count) throws Exception {
    List<Long> ids = new ArrayList<>();
    while (ids.size() < count) {
      switch (follower.next()) {
        case Step.Events(var events) -> events.forEach(event -> ids.add(event.id()));
        case Step.Nothing() -> {}
        case Step other -> throw new AssertionError(other);
      }
    }
    return ids;
  }

  private static List<Long> ids(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private void edit(int times) {
    for (int i = 0; i < times; i++) {
      videos.edit(video, before -> before, NOW);
    }
  }

  private VideoId video() {
    UploadStore uploads = new UploadStore(database, new QuotaStore(database, Quota.NONE));
    AssetId id = AssetId.random(random);
    uploads.begin(new UploadStore.Begun(id, Owner.ADMIN, Claim.video(0)), "here", 4, NOW);
    Asset asset = new Asset(id, Owner.ADMIN, new Sha256("ab".repeat(32)), "1", 9, "mp4", NOW);
    VideoId newId = VideoId.random(random);
    Video made =
        new Video(newId, Owner.ADMIN, id, words("title", Visibility.PUBLIC), "clip.mp4", NOW, NOW);
    uploads.finish(new Finished(asset, made, 1, null), (tx, added) -> {}, NOW);
    return newId;
  }

  private static VideoDetails words(String title, Visibility visibility) {
    return new VideoDetails(title.isEmpty() ? "x" : title, "", List.of(), visibility);
  }
}
