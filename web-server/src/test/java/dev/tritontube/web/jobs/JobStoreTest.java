package dev.tritontube.web.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.jobs.Job.Reason;
import dev.tritontube.web.jobs.Job.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class JobStoreTest {
  private static final AssetId ASSET = new AssetId("a".repeat(20));
  private static final JobStore.Added ADDED =
      new JobStore.Added(Job.Kind.PACKAGE, ASSET, "standard");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private final Random random = new Random(1);
  private final RetryPolicy twice = new RetryPolicy(2, random);
  private final JobId id = JobId.random(random);
  private Instant now = START;
  private Database database;
  private Handle handle;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
    handle = database.jdbi().open();
    JobStore.add(handle, ADDED, id, now);
  }

  @AfterEach
  void close() {
    handle.close();
    database.close();
  }

  @Test
  void waitsUntilSomebodyBegins() {
    assertEquals(State.WAITING, job().state());
    assertEquals(0, job().attempts());

    begin();

    assertEquals(State.RUNNING, job().state());
    assertEquals(1, job().attempts());
    assertEquals(START, job().times().started());
  }

  @Test
  void isTriedAgainAtATimeThatIsKnown() {
    begin();
    Instant next = fail(now).orElseThrow();

    assertEquals(State.RETRYING, job().state());
    assertEquals(next, job().times().next());
    assertEquals(new Job.Mishap("the ring is away", START), job().lastError());
    assertFalse(JobStore.mayBegin(handle, ASSET, next.minusMillis(1)));
    assertTrue(JobStore.mayBegin(handle, ASSET, next));

    now = next;
    begin();
    assertEquals(State.RUNNING, job().state());
    assertEquals(2, job().attempts());
    assertNull(job().times().next());
  }

  @Test
  void failsForGoodAfterTheLastRetry() {
    for (int i = 0; i < 2; i++) {
      begin();
      now = fail(now).orElseThrow();
    }
    begin();
    assertEquals(Optional.empty(), fail(now));
    assertEquals(3, job().attempts());
  }

  @Test
  void countsFailuresThatCameTogetherOnce() {
    begin();
    Instant begun = now;
    now = now.plusSeconds(1);
    Optional<Instant> next = fail(begun);
    now = now.plusSeconds(1);

    assertEquals(next, fail(begun));
    assertEquals(next, fail(begun));
    assertEquals(next, fail(begun));
  }

  @Test
  void failuresBeforeASuccessCountNoMore() {
    begin();
    now = fail(now).orElseThrow();
    begin();
    now = fail(now).orElseThrow();
    assertTrue(JobStore.troubled(handle, ASSET));

    JobStore.recovered(handle, ASSET, now);

    assertFalse(JobStore.troubled(handle, ASSET));
    assertTrue(fail(now).isPresent());
  }

  @Test
  void endsWithAReasonAndComesBackAsNew() {
    begin();
    fail(now);
    Reason reason = new Reason("cancelled", "somebody wanted that");
    JobStore.ended(handle, ASSET, State.CANCELLED, reason, now);
    assertEquals(reason, job().reason());
    assertNotNull(job().times().ended());

    JobStore.revive(handle, id, now);

    assertEquals(
        new Job(
            id,
            Job.Kind.PACKAGE,
            ASSET,
            "standard",
            State.WAITING,
            0,
            null,
            null,
            new Job.Times(START, null, null, null, now)),
        job());
    assertThrows(NoSuchElementException.class, () -> JobStore.revive(handle, id, now));
  }

  @Test
  void addingBringsBackWhatEndedUndone() {
    begin();
    JobStore.ended(handle, ASSET, State.DEAD, new Reason("internal_error", "why"), now);

    JobStore.add(handle, ADDED, JobId.random(random), now);

    assertEquals(State.WAITING, job().state());
    assertEquals(1, new JobListStore(database).counts().waiting());
  }

  @Test
  void thereIsOneAtATimeOfAnAsset() {
    assertThrows(
        UnableToExecuteStatementException.class,
        () -> JobStore.add(handle, ADDED, JobId.random(random), now));
  }

  @Test
  void nothingHappensToWhatHasEnded() {
    JobStore.ended(handle, ASSET, State.DONE, null, now);
    Job done = job();

    begin();
    fail(now);
    JobStore.ended(handle, ASSET, State.DEAD, new Reason("late", "late"), now);

    assertEquals(done, job());
    assertThrows(NoSuchElementException.class, () -> JobStore.revive(handle, id, now));
  }

  private void begin() {
    JobStore.began(handle, ASSET, now);
  }

  private Optional<Instant> fail(Instant begun) {
    return JobStore.failed(
        handle, ASSET, new JobStore.Failed(begun, "the ring is away"), twice, now);
  }

  private Job job() {
    return new JobListStore(database).find(id).orElseThrow();
  }
}
