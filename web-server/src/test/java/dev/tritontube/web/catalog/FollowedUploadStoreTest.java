package dev.tritontube.web.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.Event.Remark;
import dev.tritontube.web.catalog.Event.UploadState;
import dev.tritontube.web.catalog.FollowedUploadStore.Begun;
import dev.tritontube.web.catalog.FollowedUploadStore.Report;
import dev.tritontube.web.catalog.UploadStore.Finished;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class FollowedUploadStoreTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final UploadToken TOKEN = new UploadToken("a-token_of-CLIENT");

  @TempDir Path folder;
  private final Random random = new Random(3);
  private Database database;
  private FollowedUploadStore uploads;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    uploads = new FollowedUploadStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void tellsHowFarItIsUntilThereIsAVideo() {
    assertEquals(Optional.empty(), uploads.find(TOKEN));
    assertTrue(uploads.begin(new Begun(TOKEN, Owner.ADMIN, "here", 1000L), NOW));
    uploads.report(List.of(new Report(TOKEN, 400, 40, 7)), NOW);
    VideoId video = finish();
    uploads.failed(TOKEN, new Remark("busy", "Too late"), NOW);

    UploadState done = new UploadState("COMPLETED", 100, null, 1000, 1000L, video.value(), null);
    assertEquals(Optional.of(done), uploads.find(TOKEN));
    assertEquals(
        List.of(
            new UploadState("UPLOADING", 0, null, 0, 1000L, null, null),
            new UploadState("UPLOADING", 40, 7, 400, 1000L, null, null),
            done),
        events());
  }

  @Test
  void knowsNoPercentWhereNoLengthWasDeclared() {
    uploads.begin(new Begun(TOKEN, Owner.ADMIN, "here", null), NOW);
    uploads.report(List.of(new Report(TOKEN, 400, null, null)), NOW);
    assertEquals(
        Optional.of(new UploadState("UPLOADING", null, null, 400, null, null, null)),
        uploads.find(TOKEN));
  }

  @Test
  void aTokenIsTakenWhileItsUploadIsUnderWay() {
    assertTrue(uploads.begin(new Begun(TOKEN, Owner.ADMIN, "here", null), NOW));
    assertFalse(uploads.begin(new Begun(TOKEN, Owner.ADMIN, "there", null), NOW));
    uploads.failed(TOKEN, new Remark("busy", "Too many"), NOW);
    assertEquals("FAILED", uploads.find(TOKEN).orElseThrow().status());

    assertTrue(uploads.begin(new Begun(TOKEN, Owner.ADMIN, "there", 5L), NOW));
    assertEquals(
        Optional.of(new UploadState("UPLOADING", 0, null, 0, 5L, null, null)), uploads.find(TOKEN));
  }

  @Test
  void uploadsOfALostProcessFail() {
    uploads.begin(new Begun(TOKEN, Owner.ADMIN, "gone", null), NOW);
    uploads.begin(new Begun(new UploadToken("another-one-here"), Owner.ADMIN, "alive", null), NOW);
    Instant later = NOW.plusSeconds(30);
    uploads.alive("alive", later);
    uploads.tidy(later.minusSeconds(20), NOW, later);

    UploadState lost = uploads.find(TOKEN).orElseThrow();
    assertEquals("FAILED", lost.status());
    assertEquals(
        new Remark("upload_lost", "The web server that received it is gone"), lost.error());
    assertEquals(
        "UPLOADING", uploads.find(new UploadToken("another-one-here")).orElseThrow().status());
  }

  @Test
  void isForgottenSomeTimeAfterItsEnd() {
    uploads.begin(new Begun(TOKEN, Owner.ADMIN, "here", null), NOW);
    uploads.failed(TOKEN, new Remark("busy", "Too many"), NOW);
    uploads.tidy(NOW, NOW, NOW);
    assertTrue(uploads.find(TOKEN).isPresent());
    uploads.tidy(NOW, NOW.plusMillis(1), NOW);
    assertEquals(Optional.empty(), uploads.find(TOKEN));
  }

  private List<Event.State> events() {
    return database.events().after(0, 100).stream()
        .filter(event -> event.type() == EventType.UPLOAD)
        .map(Event::state)
        .toList();
  }

  private VideoId finish() {
    UploadStore store = new UploadStore(database, new QuotaStore(database, Quota.NONE));
    AssetId id = AssetId.random(random);
    store.begin(new UploadStore.Begun(id, Owner.ADMIN, Claim.video(0)), "here", 4, NOW);
    Asset asset = new Asset(id, Owner.ADMIN, new Sha256("ab".repeat(32)), "1", 950, "mp4", NOW);
    VideoDetails details = new VideoDetails("title", "", List.of(), Visibility.PUBLIC);
    Video video = new Video(VideoId.random(random), Owner.ADMIN, id, details, "clip.mp4", NOW, NOW);
    return store
        .finish(new Finished(asset, video, 1, TOKEN), (_, _) -> {}, NOW)
        .map(Video::id)
        .orElseThrow();
  }
}
