package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.Eventually;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.JobCounts;
import dev.tritontube.web.jobs.TaskWorkers;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jdbi.v3.core.Handle;
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
    InstantSource clock = InstantSource.system();
    store = new PackagingStore(fixture.database, new TellingStore(fixture.database, clock), clock);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void goesOnWhenTheRingIsBack() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "2"));
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);
    fixture.plan(asset);
    Eventually.holds("a write fails", () -> fixture.blobs.failures() > 0);
    assertEquals(Status.PROCESSING, fixture.packaging.media(asset).status());

    fixture.blobs.failWith(null);
    assertEquals(Status.COMPLETED, fixture.awaitEnd(asset).status());
    assertEquals(recorded(asset), fixture.blobs.keys());
  }

  @Test
  void takesOverFromAWorkerThatDiedAndSweepsWhatItLeft() throws Exception {
    fixture.close();
    fixture = new PackagingFixture(folder, false, false);
    AssetId asset = fixture.upload(clips.usual("a.mp4", "640x360", "25", "5"));
    fixture.plan(asset);
    String revision = fixture.packaging.published(asset).orElseThrow().revision();
    Attempt dead = new Attempt(asset, revision, "deadattempt2");
    Span span = Span.of("360p", 0, 3);
    assertTrue(attempts(Instant.now().minusSeconds(60)).open(dead, span, true, "dead"));
    RingSegmentSink sink = sink(dead, span);
    sink.store("360p", 1, ByteBuffer.wrap(new byte[100]));
    fixture.blobs.put(dead.key("360p", 2), ByteBuffer.wrap(new byte[100]));

    fixture.worker.start();
    assertEquals(Status.COMPLETED, fixture.awaitEnd(asset).status());

    assertEquals(dead.key("360p", 1), fixture.segment(asset, revision, "360p", "1").key());
    assertEquals(recorded(asset), fixture.blobs.keys());
    assertThrows(
        CancellationException.class, () -> sink.store("360p", 0, ByteBuffer.wrap(new byte[100])));
    assertThrows(
        BlobException.class,
        () -> fixture.blobs.put(dead.key("360p", 2), ByteBuffer.wrap(new byte[100])));
    assertEquals(recorded(asset), fixture.blobs.keys());
  }

  private AttemptStore attempts(Instant now) {
    return new AttemptStore(fixture.database.jdbi(), InstantSource.fixed(now));
  }

  private RingSegmentSink sink(Attempt attempt, Span span) {
    RingSegmentSink.Ground ground =
        new RingSegmentSink.Ground(
            fixture.blobs,
            new SegmentStore(fixture.database.jdbi()),
            new SegmentWaits(new SegmentStore(fixture.database.jdbi()), store));
    return new RingSegmentSink(ground, attempt, span, false, () -> {});
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
  void nothingBeginsOnWhatIsBeingRemoved() throws Exception {
    fixture.close();
    fixture = new PackagingFixture(folder, false, false);
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "2"));
    fixture.plan(asset);
    String revision = fixture.packaging.published(asset).orElseThrow().revision();
    Attempt attempt = new Attempt(asset, revision, "attempt");
    AttemptStore attempts = attempts(Instant.now());
    assertTrue(attempts.open(attempt, Span.of("240p", 0, 1), true, "test"));
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);
    assertThrows(UncheckedIOException.class, () -> fixture.packaging.remove(asset));

    Attempt later = new Attempt(asset, revision, "later");
    assertFalse(attempts.open(later, Span.of("240p", 0, 1), true, "test"));
  }

  @Test
  void stopsWorkOnWhatIsRemoved() throws Exception {
    AssetId asset = fixture.upload(clips.looped("a.mp4", "1280x720", 6));
    fixture.plan(asset);
    Eventually.holds("something is made", () -> !fixture.blobs.keys().isEmpty());

    fixture.packaging.remove(asset);

    Eventually.holds(
        "nothing runs", () -> fixture.database.jdbi().withHandle(DurabilityTest::attempts) == 0);
    assertEquals(Set.of(), fixture.blobs.keys());
  }

  private static int attempts(Handle handle) {
    return handle.createQuery("select count(*) from packaging_attempts").mapTo(Integer.class).one();
  }

  @Test
  void workersRunWhatWasEnqueued() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "640x360", "25", "1"));
    try (TaskWorkers workers = fixture.workers()) {
      workers.start();
      assertEquals(Status.COMPLETED, fixture.awaitEnd(asset).status());
    }
    assertEquals(new JobCounts(0, 0, 0, 1, 0, 0), fixture.jobs.counts());
  }

  private Set<String> recorded(AssetId asset) {
    Set<String> keys = new java.util.TreeSet<>();
    new SegmentStore(fixture.database.jdbi()).keys(asset).forEach(key -> keys.add(key.value()));
    return keys;
  }
}
