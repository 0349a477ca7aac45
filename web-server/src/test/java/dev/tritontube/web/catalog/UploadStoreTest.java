package dev.tritontube.web.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.PurgeStore.Purge;
import dev.tritontube.web.catalog.UploadStore.Finished;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class UploadStoreTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Sha256 BYTES = new Sha256("ab".repeat(32));

  @TempDir Path folder;
  private final Random random = new Random(3);
  private final List<AssetId> used = new ArrayList<>();
  private Database database;
  private UploadStore uploads;
  private VideoStore videos;
  private PurgeStore purges;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    uploads = new UploadStore(database, new QuotaStore(database, Quota.NONE));
    videos = new VideoStore(database);
    purges = new PurgeStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void finishingAddsVideoAndAssetAndEndsTheUpload() {
    Finished upload = begun();
    Video video = finish(upload).orElseThrow();

    assertEquals(Optional.of(video), videos.find(video.id()));
    assertEquals(Optional.of(upload.asset()), new AssetStore(database).find(upload.asset().id()));
    assertEquals(List.of(upload.asset().id()), used);
    assertEquals(0, uploads.count());
    assertEquals(0, purges.count());
  }

  @Test
  void theSameBytesShareTheAssetAndTheSecondCopyIsPurged() {
    Video first = finish(begun()).orElseThrow();
    Finished again = begun();
    Video second = finish(again).orElseThrow();

    assertEquals(first.asset(), second.asset());
    assertEquals(List.of(first.asset(), first.asset()), used);
    assertEquals(List.of(new Purge(again.asset().id(), 2, 0)), purges.take(10, NOW, LEASE));
  }

  @Test
  void aFailureInTheTransactionLeavesTheUploadAsItWas() {
    Finished upload = begun();
    assertThrows(
        IllegalStateException.class,
        () ->
            uploads.finish(
                upload,
                (tx, asset) -> {
                  throw new IllegalStateException("on purpose");
                },
                NOW));
    assertEquals(1, uploads.count());
    assertEquals(Optional.empty(), videos.find(upload.video().id()));
  }

  @Test
  void whatWasGivenUpCanNeitherReserveNorFinish() {
    Finished upload = begun();
    assertEquals(1, uploads.abandonSilent(NOW.plusSeconds(1), NOW));

    assertFalse(uploads.reserve(upload.asset().id(), 9, NOW));
    assertEquals(Optional.empty(), finish(upload));
    assertEquals(List.of(new Purge(upload.asset().id(), 4, 0)), purges.take(10, NOW, LEASE));
  }

  @Test
  void uploadsOfALivingProcessAreLeftAlone() {
    Finished upload = begun();
    uploads.alive("here", NOW.plusSeconds(10));
    assertEquals(0, uploads.abandonSilent(NOW.plusSeconds(5), NOW));
    assertTrue(uploads.reserve(upload.asset().id(), 9, NOW));
  }

  @Test
  void theAssetGoesWithItsLastVideoAndNothingAttachesToItAnyMore() {
    Video first = finish(begun()).orElseThrow();
    Video second = finish(begun()).orElseThrow();
    purges.take(10, NOW, LEASE).forEach(purge -> purges.done(purge.asset()));

    assertTrue(videos.delete(first.id(), 1000, NOW));
    assertEquals(0, purges.count());
    assertTrue(videos.delete(second.id(), 1000, NOW));
    assertFalse(videos.delete(second.id(), 1000, NOW));
    assertEquals(List.of(new Purge(first.asset(), 2, 0)), purges.take(10, NOW, LEASE));

    Video third = finish(begun()).orElseThrow();
    assertFalse(third.asset().equals(first.asset()));
    purges.done(first.asset());
    assertTrue(videos.find(third.id()).isPresent());
  }

  @Test
  void aPurgeThatNobodyFinishesIsDueAgain() {
    Finished upload = begun();
    uploads.abandon(upload.asset().id(), 1, NOW);
    assertEquals(1, purges.take(10, NOW, LEASE).size());
    assertEquals(0, purges.take(10, NOW.plusSeconds(59), LEASE).size());
    assertEquals(
        List.of(new Purge(upload.asset().id(), 1, 1)), purges.take(10, NOW.plusSeconds(61), LEASE));
  }

  @Test
  void whatEndsAfterItsOwnersAccountIsGivenUp() {
    Owner owner = new Owner("u".repeat(20));
    account(owner, "ACTIVE");
    assertTrue(finish(begun(owner)).isPresent());
    for (String state : List.of("DISABLED", "DELETING")) {
      database
          .jdbi()
          .useTransaction(
              tx ->
                  tx.createUpdate("update users set state = :state")
                      .bind("state", state)
                      .execute());
      Finished late = begun(owner);
      assertEquals(Optional.empty(), finish(late));
      assertEquals(List.of(new Purge(late.asset().id(), 2, 0)), purges.take(10, NOW, LEASE), state);
      purges.done(late.asset().id());
    }
    assertEquals(Optional.empty(), finish(begun(new Owner("v".repeat(20)))));
    assertEquals(0, uploads.count());
  }

  private void account(Owner owner, String state) {
    database
        .jdbi()
        .useTransaction(
            tx ->
                tx.createUpdate(
                        """
                        insert into users (id, username, role, state, created_at, updated_at)
                        values (:id, 'ann', 'uploader', :state, 0, 0)
                        """)
                    .bind("id", owner.value())
                    .bind("state", state)
                    .execute());
  }

  private Finished begun() {
    return begun(Owner.ADMIN);
  }

  private Finished begun(Owner owner) {
    AssetId id = AssetId.random(random);
    uploads.begin(new UploadStore.Begun(id, Owner.ADMIN, Claim.video(0)), "here", 4, NOW);
    Asset asset = new Asset(id, owner, BYTES, "1", 1500, "mp4", NOW);
    VideoDetails details = new VideoDetails("title", "", List.of("one", "two"), Visibility.PUBLIC);
    Video video = new Video(VideoId.random(random), owner, id, details, "clip.mp4", NOW, NOW);
    return new Finished(asset, video, 2, null);
  }

  private Optional<Video> finish(Finished upload) {
    return uploads.finish(upload, (tx, asset) -> used.add(asset), NOW);
  }
}
