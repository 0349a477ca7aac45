package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.Eventually;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.Job;
import dev.tritontube.web.jobs.Job.State;
import dev.tritontube.web.jobs.JobException;
import dev.tritontube.web.jobs.JobProgress;
import dev.tritontube.web.jobs.JobView;
import dev.tritontube.web.jobs.Jobs;
import dev.tritontube.web.jobs.TaskWorkers;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs of packaging, as an administrator steers them.
class PackagingJobsTest {
  @TempDir Path folder;

  /// How far the clock is ahead.
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  private PackagingFixture fixture;
  private Clips clips;

  @BeforeEach
  void start() throws Exception {
    fixture = new PackagingFixture(folder, true, false, () -> Instant.now().plus(ahead.get()));
    clips = new Clips(folder);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void isDoneWhenEverythingIsThere() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "2"));
    assertEquals(State.WAITING, job().state());

    fixture.work(asset);

    assertEquals(State.DONE, job().state());
    assertEquals(1, job().attempts());
    assertNull(job().reason());
  }

  @Test
  void isDeadAfterTheLastRetryAndGoesOnWithWhatIsKept() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "6"));
    fixture.plan(asset);
    String revision = fixture.packaging.published(asset).orElseThrow().revision();
    StoredSegment kept = fixture.segment(asset, revision, "240p", "0");
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);

    exhaustRetries();

    Job dead = job();
    assertEquals("internal_error", Objects.requireNonNull(dead.reason()).code());
    assertEquals(PackagingFixture.RETRIES + 1, dead.attempts());
    assertTrue(Objects.requireNonNull(dead.lastError()).detail().contains("told to fail"));
    assertEquals(Status.FAILED, fixture.packaging.media(asset).status());
    assertFalse(fixture.packaging.media(asset).playable());

    fixture.blobs.failWith(null);
    assertEquals(State.WAITING, fixture.jobs.retry(dead.id().value()).job().state());
    assertEquals(Status.COMPLETED, fixture.work(asset).status());

    assertEquals(State.DONE, job().state());
    assertEquals(kept, fixture.segment(asset, revision, "240p", "0"));
    assertTrue(fixture.packaging.media(asset).poster());
  }

  @Test
  void isDeadWhenItCannotBePlanned() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "2"));
    fixture.failOriginals(true);
    try (TaskWorkers workers = fixture.workers()) {
      workers.start();
      Eventually.holds("it is tried again", () -> job().state() == State.RETRYING);
      assertEquals(1, job().attempts());
    }
    for (int i = 0; i < PackagingFixture.RETRIES; i++) {
      fixture.worker.tasks().getFirst().failed(asset.value(), new IllegalStateException("away"));
    }
    assertEquals(State.DEAD, job().state());

    fixture.failOriginals(false);
    fixture.jobs.retryAllDead();
    try (TaskWorkers workers = fixture.workers()) {
      workers.start();
      assertEquals(Status.COMPLETED, fixture.awaitEnd(asset).status());
    }
  }

  @Test
  void doesNotTryABrokenFileAgain() throws Exception {
    AssetId asset = fixture.upload(new byte[1000]);
    fixture.work(asset);

    assertEquals(State.DEAD, job().state());
    assertEquals(1, job().attempts());
    assertEquals("unsupported_media", Objects.requireNonNull(job().reason()).code());

    String id = job().id().value();
    fixture.jobs.discard(id);
    assertThrows(JobException.class, () -> fixture.jobs.find(id));
    assertEquals(Status.FAILED, fixture.packaging.media(asset).status());
  }

  @Test
  void discardingGivesUpWhatWasKept() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "6"));
    fixture.plan(asset);
    String revision = fixture.packaging.published(asset).orElseThrow().revision();
    fixture.segment(asset, revision, "240p", "0");
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);
    exhaustRetries();
    fixture.blobs.failWith(null);

    fixture.jobs.discard(job().id().value());

    fixture.awaitSwept();
    fixture.database.jdbi().useTransaction(tx -> fixture.packaging.enqueue(tx, asset));
    assertEquals(Status.COMPLETED, fixture.work(asset).status());
    assertEquals(State.DONE, job().state());
  }

  @Test
  void cancellingStopsWhatRunsAndDeletesWhatWasMade() throws Exception {
    AssetId asset = fixture.upload(clips.looped("a.mp4", "1280x720", 12));
    fixture.plan(asset);
    String revision = fixture.packaging.published(asset).orElseThrow().revision();
    fixture.segment(asset, revision, "240p", "0");
    Eventually.holds("it runs", () -> !progress().runs().isEmpty());

    JobView cancelled = fixture.jobs.cancel(job().id().value());

    assertEquals(State.CANCELLED, cancelled.job().state());
    assertEquals("cancelled", Objects.requireNonNull(cancelled.job().reason()).code());
    AssetMedia media = fixture.packaging.media(asset);
    assertEquals(Status.FAILED, media.status());
    assertEquals("cancelled", Objects.requireNonNull(media.error()).code());
    assertFalse(media.playable());
    fixture.awaitSwept();
    assertEquals(Optional.empty(), fixture.packaging.published(asset));
  }

  @Test
  void isStoppedByOtherProcessesToo() throws Exception {
    AssetId asset = fixture.upload(clips.looped("a.mp4", "1280x720", 24));
    fixture.plan(asset);
    Eventually.holds("it runs", () -> !progress().runs().isEmpty());

    cancelElsewhere();

    Eventually.holds("nothing runs", () -> attempts() == 0);
    fixture.awaitSwept();
  }

  @Test
  void letsGoOfWhoWaitsWhenItIsCancelled() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "6"));
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);
    fixture.plan(asset);
    String revision = fixture.packaging.published(asset).orElseThrow().revision();
    CompletableFuture<SegmentAnswer> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> answer.complete(segment(asset, revision)));
    DemandStore demands = new DemandStore(fixture.database.jdbi(), Instant::now);
    Eventually.holds("somebody waits", () -> demands.waits(asset, "audio"));

    cancelElsewhere();

    assertEquals(new SegmentAnswer.Gone(), answer.get(30, TimeUnit.SECONDS));
  }

  private SegmentAnswer segment(AssetId asset, String revision) {
    try {
      return fixture.packaging.segment(asset, revision, "audio", "1");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void cancelElsewhere() throws JobException {
    try (Packaging elsewhere =
        new Packaging(
            fixture.database,
            fixture.blobs,
            _ -> Optional.empty(),
            Packaging.Settings.usual(Duration.ZERO),
            Instant::now)) {
      new Jobs(fixture.database, elsewhere.work()).cancel(job().id().value());
    }
  }

  @Test
  void whatWasCancelledCanBeTakenUpAgain() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "4"));
    fixture.jobs.cancel(job().id().value());
    fixture.plan(asset);
    assertEquals(Status.FAILED, fixture.packaging.media(asset).status());

    fixture.jobs.retry(job().id().value());

    assertEquals(Status.COMPLETED, fixture.work(asset).status());
    assertEquals(State.DONE, job().state());
  }

  @Test
  void removingAnAssetForgetsItsJobs() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "2"));
    fixture.packaging.remove(asset);
    assertTrue(fixture.jobs.list(Optional.empty(), Optional.empty(), 10).jobs().isEmpty());
  }

  /// Lets time pass until nothing is tried any more.
  private void exhaustRetries() throws Exception {
    Eventually.holds(
        "it is dead",
        () -> {
          State state = job().state();
          if (state == State.RETRYING) {
            ahead.updateAndGet(before -> before.plusSeconds(20));
          }
          return state == State.DEAD;
        });
  }

  private int attempts() {
    return fixture
        .database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from packaging_attempts")
                    .mapTo(Integer.class)
                    .one());
  }

  private JobProgress progress() {
    return Objects.requireNonNull(view().progress());
  }

  private Job job() {
    return view().job();
  }

  /// The only one.
  private JobView view() {
    return fixture.jobs.list(Optional.empty(), Optional.empty(), 2).jobs().getFirst();
  }
}
