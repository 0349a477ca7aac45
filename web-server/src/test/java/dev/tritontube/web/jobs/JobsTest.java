package dev.tritontube.web.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Claim;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.catalog.Sha256;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoDetails;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.Visibility;
import dev.tritontube.web.jobs.Job.Reason;
import dev.tritontube.web.jobs.Job.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class JobsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private final Random random = new Random(1);
  private final FakeJobWork work = new FakeJobWork();
  private Database database;
  private Jobs jobs;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    jobs = new Jobs(database, work);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void listsTheNewestFirstInPages() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(added(State.WAITING, i).value());
    }
    List<String> listed = new ArrayList<>();
    Jobs.Page page = jobs.list(Optional.empty(), Optional.empty(), 2);
    while (true) {
      page.jobs().forEach(view -> listed.add(view.job().id().value()));
      if (page.next() == null) {
        break;
      }
      page = jobs.list(Optional.empty(), Optional.of(page.next()), 2);
    }
    assertEquals(made, listed);
    assertThrows(
        IllegalArgumentException.class,
        () -> jobs.list(Optional.empty(), Optional.of("nonsense"), 2));
  }

  @Test
  void listsThoseInOneState() {
    JobId dead = added(State.DEAD, 0);
    added(State.RUNNING, 1);

    List<JobView> listed = jobs.list(Optional.of(State.DEAD), Optional.empty(), 10).jobs();

    assertEquals(List.of(dead), listed.stream().map(view -> view.job().id()).toList());
    assertEquals(new JobCounts(0, 1, 0, 0, 1, 0), jobs.counts());
  }

  @Test
  void showsHowFarWhatIsUnderWayIs() throws Exception {
    JobId running = added(State.RUNNING, 0);
    JobId done = added(State.DONE, 1);
    assertEquals(FakeJobWork.FAR, jobs.find(running.value()).progress());
    assertNull(jobs.find(done.value()).progress());
  }

  @Test
  void cancelsWhatHasNotEndedAndStopsItHere() throws Exception {
    JobId id = added(State.RUNNING, 0);

    assertEquals(State.CANCELLED, jobs.cancel(id.value()).job().state());

    assertEquals(Set.of(asset(0)), work.stopped);
    assertRefused("job_ended", () -> jobs.cancel(id.value()));
  }

  @Test
  void retriesWhatIsDeadOrCancelledOnly() throws Exception {
    for (State state : List.of(State.DEAD, State.CANCELLED)) {
      JobId id = added(state, state.ordinal());
      assertEquals(State.WAITING, jobs.retry(id.value()).job().state());
      assertRefused("job_active", () -> jobs.retry(id.value()));
    }
    JobId done = added(State.DONE, 9);
    assertRefused("job_done", () -> jobs.retry(done.value()));
  }

  @Test
  void encodesVideosAgainByProfilesThatThereAre() throws Exception {
    String video = uploaded(asset(0));

    Job job = jobs.encode(video, "small").job();

    assertEquals(Job.Kind.ENCODE, job.kind());
    assertEquals("small", job.profile());
    assertEquals(asset(0), job.asset());
    JobException wrong = assertThrows(JobException.class, () -> jobs.encode(video, "tiny"));
    assertEquals(JobException.Kind.WRONG, wrong.kind());
    JobException unknown =
        assertThrows(JobException.class, () -> jobs.encode("a".repeat(20), "small"));
    assertEquals("unknown_video", unknown.code());
  }

  @Test
  void refusesToEncodeAgainWhatNeverPlayed() {
    String video = uploaded(asset(0));
    work.whole.add(asset(0));
    assertRefused("not_playable", () -> jobs.encode(video, "small"));
  }

  private String uploaded(AssetId asset) {
    UploadStore uploads = new UploadStore(database, new QuotaStore(database, Quota.NONE));
    uploads.begin(new UploadStore.Begun(asset, Owner.ADMIN, Claim.video(0)), "test", 1, START);
    Video video =
        new Video(
            VideoId.random(random),
            Owner.ADMIN,
            asset,
            new VideoDetails("title", "", List.of(), Visibility.PUBLIC),
            "a.mp4",
            START,
            START);
    Sha256 sha256 = new Sha256("0".repeat(64));
    Asset bytes = new Asset(asset, Owner.ADMIN, sha256, "1", 1, "mp4", START);
    uploads.finish(new UploadStore.Finished(bytes, video, 1, null), (_, _) -> {}, START);
    return video.id().value();
  }

  @Test
  void retriesAllDeadOfWhichMoreCanBeMade() {
    for (int i = 0; i < 250; i++) {
      added(State.DEAD, i);
    }
    work.whole.add(asset(7));
    added(State.CANCELLED, 300);

    assertEquals(249, jobs.retryAllDead().size());
    assertEquals(new JobCounts(249, 0, 0, 0, 1, 1), jobs.counts());
  }

  @Test
  void discardsWhatHasEnded() throws Exception {
    JobId dead = added(State.DEAD, 0);
    JobId running = added(State.RUNNING, 1);

    jobs.discard(dead.value());

    assertEquals(Set.of(asset(0)), work.discarded);
    assertTrue(
        assertThrows(JobException.class, () -> jobs.find(dead.value())).kind()
            == JobException.Kind.UNKNOWN);
    assertRefused("job_active", () -> jobs.discard(running.value()));
  }

  @Test
  void discardsAllDead() {
    JobId dead = added(State.DEAD, 0);
    added(State.DONE, 1);

    assertEquals(List.of(dead), jobs.discardAllDead());
    assertEquals(new JobCounts(0, 0, 0, 1, 0, 0), jobs.counts());
  }

  @Test
  void knowsNoOthers() {
    for (String id : List.of("a".repeat(20), "", "../x", "A".repeat(20))) {
      JobException unknown = assertThrows(JobException.class, () -> jobs.cancel(id));
      assertEquals("unknown_job", unknown.code());
    }
  }

  private static void assertRefused(String code, Executable wish) {
    JobException refusal = assertThrows(JobException.class, wish);
    assertEquals(code, refusal.code());
    assertEquals(JobException.Kind.REFUSED, refusal.kind());
  }

  private JobId added(State state, int number) {
    JobId id = JobId.random(random);
    database
        .jdbi()
        .useTransaction(
            tx -> {
              JobStore.Added job = new JobStore.Added(Job.Kind.PACKAGE, asset(number), "standard");
              JobStore.add(tx, job, id, START.plusSeconds(number));
              if (state != State.WAITING) {
                JobStore.began(tx, asset(number), START);
              }
              if (state.ended()) {
                Reason reason = state == State.DONE ? null : new Reason("code", "detail");
                JobStore.ended(tx, asset(number), state, reason, START);
              }
            });
    return id;
  }

  private static AssetId asset(int number) {
    String digits = Integer.toString(number, 6).replace('0', '7').replace('1', '6');
    return new AssetId("a".repeat(20 - digits.length()) + digits);
  }
}
