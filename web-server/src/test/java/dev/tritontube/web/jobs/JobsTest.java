package dev.tritontube.web.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.JobId;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private final Random random = new Random(1);
  private final FakeJobWork work = new FakeJobWork();
  private Database database;
  private Jobs jobs;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(folder.resolve("catalog.db"));
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
  void refusesToRetryWhatPlays() {
    JobId id = added(State.DEAD, 0);
    work.whole.add(asset(0));
    assertRefused("already_plays", () -> jobs.retry(id.value()));
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
    assertTrue(assertThrows(JobException.class, () -> jobs.find(dead.value())).isUnknown());
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
    assertFalse(refusal.isUnknown());
  }

  private JobId added(State state, int number) {
    JobId id = JobId.random(random);
    database
        .jdbi()
        .useTransaction(
            tx -> {
              JobStore.add(tx, Job.Kind.PACKAGE, asset(number), id, START.plusSeconds(number));
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
