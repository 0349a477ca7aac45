package dev.tritontube.web.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.web.catalog.Event.Words;
import dev.tritontube.web.catalog.UploadStore.Finished;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class EventStoreTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final int ALL = 100;

  @TempDir Path folder;
  private final Random random = new Random(5);
  private final AtomicInteger told = new AtomicInteger();
  private Database database;
  private EventStore events;
  private VideoStore videos;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    events = database.events();
    events.listen(told::incrementAndGet);
    videos = new VideoStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void numbersWhatHappensToVideosWithoutGaps() {
    VideoId video = video("ab", Visibility.PUBLIC, NOW);
    videos.edit(video, before -> words("new", Visibility.PRIVATE), NOW);
    videos.delete(video, 1000, NOW);

    List<Event> log = events.after(0, ALL);

    assertEquals(List.of(1L, 2L, 3L), log.stream().map(Event::id).toList());
    assertEquals(
        List.of(EventType.CREATED, EventType.EDITED, EventType.DELETED),
        log.stream().map(Event::type).toList());
    assertEquals(Visibility.PUBLIC, log.get(1).before());
    assertEquals(Visibility.PRIVATE, log.get(1).after());
    assertEquals(Visibility.PRIVATE, log.get(2).before());
    assertNull(log.get(2).after());
    assertEquals(
        new Event.VideoState("PENDING", false, "waiting", 0, null, null, null), log.get(0).state());
    assertNull(log.get(0).now(), "the video is gone");
    assertEquals(3, events.last());
    assertEquals(log.subList(2, 3), events.after(2, ALL));
    assertEquals(log.subList(0, 2), events.after(0, 2));
    assertEquals(3, told.get());
  }

  @Test
  void outlivesTheProcess() throws Exception {
    video("ab", Visibility.PUBLIC, NOW);
    List<Event> log = events.after(0, ALL);
    database.close();

    database = TestCatalog.open(folder);

    assertEquals(log, database.events().after(0, ALL));
    assertEquals(1, database.events().last());
  }

  @Test
  void whatDidNotHappenIsNotInTheLog() {
    VideoId video = video("ab", Visibility.PUBLIC, NOW);
    assertThrows(
        IllegalStateException.class,
        () ->
            videos.edit(
                video,
                before -> {
                  throw new IllegalStateException("on purpose");
                },
                NOW));
    assertEquals(1, events.last());
    assertEquals(1, told.get());
  }

  @Test
  void allVideosOfAnAssetComeAlong() {
    VideoId one = video("ab", Visibility.PUBLIC, NOW);
    VideoId other = video("ab", Visibility.PRIVATE, NOW);
    AssetId asset = videos.find(one).orElseThrow().asset();

    database
        .jdbi()
        .useTransaction(
            tx -> {
              tx.execute(
                  """
                  insert into packaging (asset, status, stage, percent, eta_seconds, playable,
                    enqueued_at, updated_at)
                  values (?, 'PROCESSING', 'encoding', 40, 12, true, 0, 0)
                  """,
                  asset.value());
              events.ofAsset(tx, EventType.PROGRESS, asset, NOW);
            });

    List<Event> log = events.after(2, ALL);
    Event.VideoState state =
        new Event.VideoState("PROCESSING", true, "encoding", 40, 12, null, null);
    assertEquals(List.of(3L, 4L), log.stream().map(Event::id).toList());
    assertEquals(
        List.of(one, other).stream().map(VideoId::value).sorted().toList(),
        log.stream().map(Event::subject).toList());
    assertEquals(List.of(state, state), log.stream().map(Event::state).toList());
    assertEquals(
        new EventStore.Standing(state, new Words("title", Visibility.PRIVATE), Owner.ADMIN),
        events.standing(other).orElseThrow());
  }

  @Test
  void theWordsAreThoseOfToday() {
    VideoId video = video("ab", Visibility.PUBLIC, NOW);
    videos.edit(video, before -> words("new", Visibility.UNLISTED), NOW);
    assertEquals(new Words("new", Visibility.UNLISTED), events.after(0, 1).getFirst().now());
  }

  @Test
  void forgetsAllButTheNewest() {
    for (int i = 0; i < 5; i++) {
      video("a" + i, Visibility.PUBLIC, NOW);
    }
    events.prune(NOW, 2);

    assertEquals(List.of(4L, 5L), events.after(0, ALL).stream().map(Event::id).toList());
    assertEquals(5, events.last());
  }

  @Test
  void forgetsWhatIsOldAndGoesOnCounting() {
    video("a1", Visibility.PUBLIC, NOW);
    video("a2", Visibility.PUBLIC, NOW.plusSeconds(10));
    events.prune(NOW.plusSeconds(10), ALL);
    assertEquals(List.of(2L), events.after(0, ALL).stream().map(Event::id).toList());

    events.prune(NOW.plus(Duration.ofDays(1)), ALL);
    assertEquals(List.of(), events.after(0, ALL));
    assertEquals(2, events.last());
    video("a3", Visibility.PUBLIC, NOW);
    assertEquals(3, events.after(0, ALL).getFirst().id());
  }

  private VideoId video(String bytes, Visibility visibility, Instant at) {
    UploadStore uploads = new UploadStore(database, new QuotaStore(database, Quota.NONE));
    AssetId id = AssetId.random(random);
    uploads.begin(new UploadStore.Begun(id, Owner.ADMIN, Claim.video(0)), "here", 4, at);
    Sha256 sha256 = new Sha256(bytes.repeat(32));
    Asset asset = new Asset(id, Owner.ADMIN, sha256, "1", 1500, "mp4", at);
    Video video =
        new Video(
            VideoId.random(random),
            Owner.ADMIN,
            id,
            words("title", visibility),
            "clip.mp4",
            at,
            at);
    return uploads
        .finish(new Finished(asset, video, 2, null), (tx, added) -> {}, at)
        .map(Video::id)
        .orElseThrow();
  }

  private static VideoDetails words(String title, Visibility visibility) {
    return new VideoDetails(title, "", List.of(), visibility);
  }
}
