package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.JobKind;
import dev.tritontube.web.jobs.JobWorkers;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left when work is cut off, fails, is taken over or removed.
class DurabilityTest {
  @TempDir Path folder;
  private PackagingFixture fixture;
  private Clips clips;
  private PackagingStore store;

  @BeforeEach
  void start() throws Exception {
    fixture = new PackagingFixture(folder);
    clips = new Clips(folder);
    store = new PackagingStore(fixture.database.jdbi(), InstantSource.system());
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void failsTheJobWhileTheRingIsAwayAndGoesOnAfterwards() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "2"));
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);
    assertThrows(IOException.class, () -> fixture.work(asset));
    assertEquals(Status.PROCESSING, fixture.packaging.media(asset).status());

    fixture.blobs.failWith(null);
    assertEquals(Status.COMPLETED, fixture.work(asset).status());
    assertEquals(recorded(asset), fixture.blobs.keys());
  }

  @Test
  void keepsStoredSegmentsAndSweepsTheRestOfAnAttemptThatDied() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "640x360", "25", "5"));
    fixture.worker.jobs().getFirst().run(asset.value());
    String revision = fixture.packaging.published(asset).orElseThrow().revision();
    Attempt dead = new Attempt(asset, revision, "deadattempt2");
    assertTrue(store.open(dead));
    RingSegmentSink sink =
        new RingSegmentSink(
            fixture.blobs,
            store,
            dead,
            store.find(asset).orElseThrow().requirePlan(),
            (_, _) -> {});
    sink.store("360p", 1, ByteBuffer.wrap(new byte[100]));
    fixture.blobs.put(dead.key("360p", 2), ByteBuffer.wrap(new byte[100]));

    assertEquals(Status.COMPLETED, fixture.work(asset).status());

    assertEquals(
        dead.key("360p", 1),
        fixture.packaging.segment(asset, revision, "360p", "1").orElseThrow().key());
    assertEquals(recorded(asset), fixture.blobs.keys());
    assertThrows(
        CancellationException.class, () -> sink.store("360p", 0, ByteBuffer.wrap(new byte[100])));
    assertThrows(
        BlobException.class,
        () -> fixture.blobs.put(dead.key("360p", 2), ByteBuffer.wrap(new byte[100])));
    assertEquals(recorded(asset), fixture.blobs.keys());
  }

  @Test
  void removesEveryBlobAndRow() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "2"));
    fixture.work(asset);

    fixture.packaging.remove(asset);

    assertEquals(Set.of(), fixture.blobs.keys());
    assertEquals(Status.PENDING, fixture.packaging.media(asset).status());
    assertTrue(store.find(asset).isEmpty());
  }

  @Test
  void goesOnRemovingAfterTheRingWasAway() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "2"));
    fixture.work(asset);
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);
    assertThrows(UncheckedIOException.class, () -> fixture.packaging.remove(asset));

    fixture.blobs.failWith(null);
    fixture.packaging.remove(asset);

    assertEquals(Set.of(), fixture.blobs.keys());
  }

  @Test
  void nothingBeginsOnWhatIsBeingRemoved() {
    AssetId asset = fixture.upload(new byte[1]);
    Attempt attempt = new Attempt(asset, "revision", "attempt");
    assertTrue(store.open(attempt));
    assertTrue(store.reserve(attempt, "360p", 1));
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);
    assertThrows(UncheckedIOException.class, () -> fixture.packaging.remove(asset));

    assertFalse(store.open(new Attempt(asset, "revision", "later")));
  }

  @Test
  void stopsWorkOnWhatIsRemoved() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "1280x720", "30", "30"));
    CountDownLatch ended = new CountDownLatch(1);
    JobKind first = fixture.worker.jobs().getFirst();
    Thread worker =
        Thread.ofPlatform()
            .start(
                () -> {
                  assertThrows(Exception.class, () -> first.run(asset.value()));
                  ended.countDown();
                });
    while (fixture.blobs.keys().isEmpty() && worker.isAlive()) {
      Thread.onSpinWait();
    }

    fixture.packaging.remove(asset);

    assertTrue(ended.await(20, TimeUnit.SECONDS));
    assertEquals(Set.of(), fixture.blobs.keys());
  }

  @Test
  void workersRunWhatWasEnqueued() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "640x360", "25", "1"));
    try (JobWorkers workers =
        new JobWorkers(fixture.database.dataSource(), fixture.worker.jobs(), 1, "test")) {
      workers.start();
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (fixture.packaging.media(asset).status() != Status.COMPLETED
          && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
    }
    assertEquals(Status.COMPLETED, fixture.packaging.media(asset).status());
    assertEquals(new JobCounts(0, 0, 0), fixture.packaging.counts());
  }

  private Set<String> recorded(AssetId asset) {
    Set<String> keys = new java.util.TreeSet<>();
    store.keys(asset).forEach(key -> keys.add(key.value()));
    return keys;
  }
}
