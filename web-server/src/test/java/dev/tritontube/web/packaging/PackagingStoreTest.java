package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.jobs.RetryPolicy;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class PackagingStoreTest {
  private static final AssetId ASSET = new AssetId("a".repeat(20));

  private static final AssetMedia.Failure BROKEN =
      new AssetMedia.Failure("corrupt_media", "broken");

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Database database;
  private Packaging packaging;
  private TellingStore telling;
  private PackagingStore store;
  private OutcomeStore outcomes;

  @BeforeEach
  void open() throws Exception {
    InstantSource clock = () -> now;
    database = TestCatalog.open(folder);
    packaging =
        new Packaging(
            database,
            new InMemoryBlobs(),
            _ -> Optional.empty(),
            Packaging.Settings.usual(Duration.ZERO),
            clock);
    telling = new TellingStore(database, clock);
    store = new PackagingStore(database, telling, clock);
    outcomes = new OutcomeStore(database, telling, Duration.ZERO, clock);
    enqueue();
  }

  @AfterEach
  void close() {
    packaging.close();
    database.close();
  }

  @Test
  void packagesAgainWhatFailedForReasonsOfOurs() {
    endTasks();
    outcomes.setBack(
        ASSET,
        new OutcomeStore.Setback(now, new IllegalStateException("the ring is away")),
        new RetryPolicy(0, new Random(1)));

    enqueue();

    AssetMedia media = packaging.media(ASSET);
    assertEquals(Status.PENDING, media.status());
    assertNull(media.error());
    assertEquals(1, tasks());
  }

  @Test
  void goesByTheProfileThatTheAssetIsOf() {
    AssetId small = new AssetId("b".repeat(20));
    database
        .jdbi()
        .useTransaction(
            tx -> {
              tx.createUpdate(
                      """
                      insert into assets
                        (id, owner, state, sha256, profile, size_bytes, container, created_at)
                      values (:id, 'admin', 'LIVE', 'x', :profile, 1, 'mp4', 0)""")
                  .bind("id", small.value())
                  .bind("profile", Profiles.making("small"))
                  .execute();
              packaging.enqueue(tx, small);
            });

    assertEquals("small", store.find(small).orElseThrow().aim().profile());
    assertEquals("standard", store.find(ASSET).orElseThrow().aim().profile());
  }

  @Test
  void leavesAloneWhatCannotBeDecoded() {
    endTasks();
    outcomes.fail(store.find(ASSET).orElseThrow(), BROKEN);

    enqueue();

    assertEquals(Status.FAILED, packaging.media(ASSET).status());
    assertEquals(0, tasks());
  }

  @Test
  void whatAnotherJobBeganSinceIsLeftAlone() {
    PackagingStore.Work begun = store.find(ASSET).orElseThrow();
    database.jdbi().useHandle(handle -> handle.execute("update packaging set job = 'another'"));

    outcomes.fail(begun, BROKEN);

    assertEquals(Status.PENDING, packaging.media(ASSET).status());
  }

  @Test
  void changesWithItsStatusAndNotWithEachPercent() {
    Instant before = now;
    database
        .jdbi()
        .useHandle(
            handle -> handle.execute("update packaging set status = 'PROCESSING', revision = 'r'"));
    now = now.plusSeconds(1);
    telling.progress(ASSET, "r", new Progress(50, null, null));
    assertEquals(50, packaging.media(ASSET).progress().percent());
    assertEquals(before, packaging.media(ASSET).changedAt());

    outcomes.fail(store.find(ASSET).orElseThrow(), BROKEN);
    assertEquals(now, packaging.media(ASSET).changedAt());
  }

  private void enqueue() {
    database.jdbi().useTransaction(tx -> packaging.enqueue(tx, ASSET));
  }

  private void endTasks() {
    database.jdbi().useHandle(handle -> handle.execute("delete from scheduled_tasks"));
  }

  private int tasks() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from scheduled_tasks")
                    .mapTo(Integer.class)
                    .one());
  }
}
