package dev.tritontube.web.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.PosterStore.Leftover;
import dev.tritontube.web.catalog.PosterStore.State;
import dev.tritontube.web.catalog.PosterStore.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class PosterStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(25);

  @TempDir Path folder;
  private final Random random = new Random(1);
  private Database database;
  private PosterStore store;
  private VideoId video;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    store = new PosterStore(database);
    video = uploaded();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theLatestWishIsGranted() {
    PosterId first = wished(1);
    Wish begun = store.begin(first).orElseThrow();
    PosterId second = wished(2);

    assertEquals(State.GONE, store.outcome(first).state());
    assertFalse(store.show(begun, 10, NOW));
    assertTrue(store.show(store.begin(second).orElseThrow(), 10, NOW));

    assertEquals(second + "-1", poster().name());
    assertEquals(State.SHOWN, store.outcome(second).state());
  }

  @Test
  void aTryThatWasTakenForDeadChangesNothing() {
    PosterId id = wished(1);
    Wish first = store.begin(id).orElseThrow();
    Wish second = store.begin(id).orElseThrow();

    assertFalse(store.show(first, 10, NOW));
    assertTrue(store.show(second, 11, NOW));

    assertEquals(new OwnPoster(id + "-2", 11), poster());
    assertEquals(List.of(new Leftover(id, video, 2, 2)), due(NOW));
  }

  @Test
  void whatIsReplacedGoesAndNothingElse() {
    PosterId old = shown();
    due(NOW).forEach(store::done);
    assertEquals(List.of(), due(NOW.plus(Duration.ofDays(9))));
    PosterId current = shown();

    assertEquals(
        List.of(new Leftover(old, video, null, 1), new Leftover(current, video, 1, 1)),
        due(NOW).stream().sorted((a, b) -> a.shown() == null ? -1 : 1).toList());
  }

  @Test
  void isNotForgottenBeforeItsBlobsAreGone() {
    PosterId id = shown();
    Leftover others = due(NOW).getFirst();
    store.drop(video, NOW);
    store.done(others);

    List<Leftover> all = due(NOW.plus(LEASE));
    assertEquals(List.of(new Leftover(id, video, null, 1)), all);
    assertNull(video().poster());
    store.done(all.getFirst());
    assertEquals(List.of(), due(NOW.plus(Duration.ofDays(9))));
  }

  @Test
  void goesWithItsVideo() {
    shown();
    due(NOW).forEach(store::done);

    new VideoStore(database).delete(video, 1, NOW);

    assertNull(due(NOW).getFirst().shown());
    assertFalse(store.arriving(PosterId.random(random), video, NOW));
  }

  @Test
  void whatNeverArrivesOrIsRefusedGoesAfterAWhile() {
    PosterId never = PosterId.random(random);
    store.arriving(never, video, NOW);
    VideoId other = uploaded();
    PosterId refused = PosterId.random(random);
    store.wish(refused, other, 1, NOW, _ -> {});
    store.refuse(refused, "bad_picture", "why", NOW);
    assertEquals("bad_picture", store.outcome(refused).code());
    assertEquals(List.of(), due(NOW));

    assertEquals(2, due(NOW.plus(Duration.ofMinutes(11))).size());
    store.arrived(never, NOW, _ -> {});
    assertEquals(Optional.empty(), store.begin(never));
  }

  @Test
  void changesAreToldAndKeptWithTheVideo() {
    long before = database.events().last();
    PosterId id = shown();

    assertEquals(before + 1, database.events().last());
    assertEquals(NOW, video().updatedAt());
    Video edited = new VideoStore(database).edit(video, details -> details, NOW).orElseThrow();
    assertEquals(new OwnPoster(id + "-1", 10), edited.poster());
  }

  @Test
  void aRestoredCatalogShowsNoPosterThatWasDeleted() {
    shown();
    PosterId waiting = wished(3);

    database.jdbi().useTransaction(tx -> PosterStore.settle(tx, List.of(video), NOW));

    assertNull(video().poster());
    assertEquals(State.GONE, store.outcome(waiting).state());
  }

  private PosterId wished(double seconds) {
    PosterId id = PosterId.random(random);
    assertTrue(store.wish(id, video, seconds, NOW, _ -> {}));
    return id;
  }

  private PosterId shown() {
    PosterId id = wished(1);
    assertTrue(store.show(store.begin(id).orElseThrow(), 10, NOW));
    return id;
  }

  private List<Leftover> due(Instant now) {
    return store.take(100, now, LEASE);
  }

  private Video video() {
    return new VideoStore(database).find(video).orElseThrow();
  }

  private OwnPoster poster() {
    return Objects.requireNonNull(video().poster());
  }

  private VideoId uploaded() {
    UploadStore uploads = new UploadStore(database, new QuotaStore(database, Quota.NONE));
    AssetId id = AssetId.random(random);
    uploads.begin(new UploadStore.Begun(id, Owner.ADMIN, Claim.video(0)), "here", 4, NOW);
    Sha256 sha256 = new Sha256("%064x".formatted(random.nextLong() >>> 1));
    Asset asset = new Asset(id, Owner.ADMIN, sha256, "1", 1500, "mp4", NOW);
    VideoDetails details = new VideoDetails("title", "", List.of(), Visibility.PUBLIC);
    Video added = new Video(VideoId.random(random), Owner.ADMIN, id, details, "a.mp4", NOW, NOW);
    return uploads
        .finish(new UploadStore.Finished(asset, added, 2, null), (_, _) -> {}, NOW)
        .map(Video::id)
        .orElseThrow();
  }
}
