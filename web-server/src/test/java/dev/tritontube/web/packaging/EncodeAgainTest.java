package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.Eventually;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.jobs.Job;
import dev.tritontube.web.jobs.Job.State;
import dev.tritontube.web.jobs.JobWork.Answer;
import dev.tritontube.web.packaging.AssetMedia.Rendition;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encoding what plays by another profile.
class EncodeAgainTest {
  @TempDir Path folder;

  /// How far the clock is ahead.
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  private final RandomGenerator random = new Random(1);
  private PackagingFixture fixture;
  private Clips clips;

  @BeforeEach
  void start() throws Exception {
    fixture = new PackagingFixture(folder, true, true, () -> Instant.now().plus(ahead.get()));
    clips = new Clips(folder);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void playsAsBeforeUntilTheNewOneIsWholeAndTakesItsPlace() throws Exception {
    AssetId asset = packaged(4);
    Published before = published(asset);
    AssetMedia as = fixture.packaging.media(asset);
    assertEquals(List.of("240p", "360p", "source"), names(as));

    JobId job = encode(asset, "small");
    assertEquals(as, fixture.packaging.media(asset));
    plan(asset);
    assertEquals(before.revision(), published(asset).revision());
    assertEquals(Status.COMPLETED, fixture.packaging.media(asset).status());

    awaitState(job, State.DONE);
    Published after = published(asset);
    assertNotEquals(before.revision(), after.revision());
    assertEquals(List.of("240p", "360p", "480p"), names(fixture.packaging.media(asset)));
    assertEquals(List.of(), fixture.findings(asset));
    assertTrue(fixture.packaging.media(asset).poster());
    assertTrue(fixture.packaging.media(asset).changedAt().isAfter(as.changedAt()));
  }

  @Test
  void whoPlaysTheOldOneCanGoOnForAWhile() throws Exception {
    AssetId asset = packaged(4);
    Published before = published(asset);
    JobId job = encode(asset, "small");
    plan(asset);
    awaitState(job, State.DONE);

    fixture.packaging.sweepDue();
    assertEquals(
        before.presentation(),
        fixture.packaging.published(asset, before.revision()).orElseThrow().presentation());
    for (String representation : new String[] {"240p", "source"}) {
      for (String number : new String[] {"init", "0"}) {
        StoredSegment old = fixture.segment(asset, before.revision(), representation, number);
        assertTrue(old.length() > 0);
      }
    }

    ahead.set(PackagingFixture.GRACE.plusSeconds(1));
    fixture.packaging.sweepDue();
    assertEquals(Optional.empty(), fixture.packaging.published(asset, before.revision()));
    assertEquals(
        new SegmentAnswer.Unknown(),
        fixture.packaging.segment(asset, before.revision(), "240p", "0"));
    assertEquals(recorded(asset), fixture.blobs.keys());
    assertTrue(recorded(asset).stream().allMatch(key -> key.contains(revision(asset))));
  }

  @Test
  void leavesWhatPlaysWhenItIsCancelled() throws Exception {
    AssetId asset = packaged(20);
    Published before = published(asset);
    AssetMedia as = fixture.packaging.media(asset);
    JobId job = encode(asset, "archive");
    plan(asset);
    Eventually.holds(
        "some of it is made", () -> fixture.blobs.keys().size() > recorded(asset, before));

    fixture.jobs.cancel(job.value());

    assertEquals(as, fixture.packaging.media(asset));
    assertEquals(before.revision(), published(asset).revision());
    Eventually.holds(
        "what it made is deleted",
        () -> {
          fixture.packaging.sweepDue();
          return fixture.blobs.keys().stream().allMatch(key -> key.contains(before.revision()));
        });
    assertEquals(List.of(), fixture.findings(asset));

    fixture.jobs.retry(job.value());
    plan(asset);
    awaitState(job, State.DONE);
    assertNotEquals(before.revision(), published(asset).revision());
  }

  @Test
  void leavesWhatPlaysWhenItFailsTooOftenAndGoesOnWhenItIsRetried() throws Exception {
    AssetId asset = packaged(4);
    AssetMedia as = fixture.packaging.media(asset);
    JobId job = encode(asset, "small");
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);
    plan(asset);
    exhaustRetries(job);
    assertEquals(as, fixture.packaging.media(asset));
    String kept = work(asset).requireRevision();

    fixture.blobs.failWith(null);
    assertEquals(List.of(job), fixture.jobs.retryAllDead());
    plan(asset);
    awaitState(job, State.DONE);

    assertEquals(kept, published(asset).revision());
    assertEquals(Status.COMPLETED, fixture.packaging.media(asset).status());
  }

  @Test
  void leavesWhatPlaysWhenTheFileCannotBeReadAnyMore() throws Exception {
    AssetId asset = packaged(4);
    AssetMedia as = fixture.packaging.media(asset);
    JobId job = encode(asset, "small");
    fixture.originals.put(asset, new byte[1000]);

    plan(asset);

    assertEquals("unsupported_media", Objects.requireNonNull(job(job).reason()).code());
    assertEquals(as, fixture.packaging.media(asset));
    assertEquals(List.of(), fixture.jobs.retryAllDead(), "of which no more can be made");
  }

  @Test
  void cancellingOneThatEndedLeavesTheNextAlone() throws Exception {
    AssetId asset = packaged(4);
    Job ended = first();
    JobId job = encode(asset, "small");

    boolean cancelled =
        fixture.database.jdbi().inTransaction(tx -> fixture.packaging.work().cancel(tx, ended));

    assertFalse(cancelled);
    assertEquals(State.WAITING, job(job).state());
  }

  @Test
  void discardingADeadOneGivesUpWhatItMade() throws Exception {
    AssetId asset = packaged(4);
    Published before = published(asset);
    JobId job = encode(asset, "small");
    fixture.blobs.failWith(BlobException.Reason.UNAVAILABLE);
    plan(asset);
    exhaustRetries(job);
    fixture.blobs.failWith(null);

    fixture.jobs.discard(job.value());

    assertEquals(before.revision(), work(asset).requireRevision());
    assertFalse(work(asset).aim().again());
    assertEquals(Answer.TAKEN, answer(asset, "archive"));
  }

  @Test
  void isDoneOneAtATimeAndOnlyOfWhatPlays() throws Exception {
    AssetId asset = fixture.upload(clips.usual("a.mp4", "320x240", "25", "2"));
    assertEquals(Answer.BUSY, answer(asset, "small"));
    fixture.jobs.cancel(first().id().value());
    assertEquals(Answer.NOTHING_PLAYS, answer(asset, "small"));
    fixture.jobs.retry(first().id().value());
    fixture.work(asset);

    assertEquals(Answer.TAKEN, answer(asset, "small"));
    assertEquals(Answer.BUSY, answer(asset, "archive"));
    fixture.packaging.remove(asset);
    assertEquals(Set.of(), fixture.blobs.keys());
    assertTrue(fixture.jobs.list(Optional.empty(), Optional.empty(), 9).jobs().isEmpty());
  }

  @Test
  void uploadingTheSameBytesAgainLeavesItAlone() throws Exception {
    AssetId asset = packaged(4);
    JobId job = encode(asset, "small");
    fixture.database.jdbi().useTransaction(tx -> fixture.packaging.enqueue(tx, asset));
    assertEquals(State.WAITING, job(job).state());
    fixture.jobs.cancel(job.value());
    fixture.database.jdbi().useTransaction(tx -> fixture.packaging.enqueue(tx, asset));
    assertEquals(Status.COMPLETED, fixture.packaging.media(asset).status());
    assertNull(fixture.packaging.media(asset).error());
  }

  private AssetId packaged(int seconds) throws Exception {
    AssetId asset =
        fixture.upload(clips.usual("a.mp4", "854x480", "30", Integer.toString(seconds)));
    assertEquals(Status.COMPLETED, fixture.work(asset).status());
    return asset;
  }

  private void plan(AssetId asset) throws Exception {
    fixture.worker.tasks().getFirst().run(asset.value());
  }

  private JobId encode(AssetId asset, String profile) {
    JobId id = JobId.random(random);
    assertEquals(Answer.TAKEN, answer(asset, profile, id));
    return id;
  }

  private Answer answer(AssetId asset, String profile) {
    return answer(asset, profile, JobId.random(random));
  }

  private Answer answer(AssetId asset, String profile, JobId id) {
    return fixture
        .database
        .jdbi()
        .inTransaction(tx -> fixture.packaging.work().encode(tx, asset, id, profile));
  }

  /// Lets time pass until nothing is tried any more.
  private void exhaustRetries(JobId id) throws Exception {
    Eventually.holds(
        "it is dead",
        () -> {
          State state = job(id).state();
          if (state == State.RETRYING) {
            ahead.updateAndGet(before -> before.plusSeconds(20));
          }
          return state == State.DEAD;
        });
  }

  private void awaitState(JobId id, State state) throws Exception {
    Eventually.holds("it is " + state, () -> job(id).state() == state);
  }

  private Job job(JobId id) throws Exception {
    return fixture.jobs.find(id.value()).job();
  }

  /// The newest, which is the only one.
  private Job first() {
    return fixture.jobs.list(Optional.empty(), Optional.empty(), 1).jobs().getFirst().job();
  }

  private Published published(AssetId asset) {
    return fixture.packaging.published(asset).orElseThrow();
  }

  private String revision(AssetId asset) {
    return published(asset).revision();
  }

  private PackagingStore.Work work(AssetId asset) {
    return new PackagingStore(
            fixture.database, new TellingStore(fixture.database, Instant::now), Instant::now)
        .find(asset)
        .orElseThrow();
  }

  private static List<String> names(AssetMedia media) {
    return media.renditions().stream().map(Rendition::name).toList();
  }

  private Set<String> recorded(AssetId asset) {
    Set<String> keys = new TreeSet<>();
    segments().keys(asset).forEach(key -> keys.add(key.value()));
    return keys;
  }

  private int recorded(AssetId asset, Published published) {
    return segments().keys(asset, published.revision()).size();
  }

  private SegmentStore segments() {
    return new SegmentStore(fixture.database.jdbi());
  }
}
