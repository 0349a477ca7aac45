package dev.tritontube.web.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TestCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("catalog")
class TaskWorkersTest {
  private static final TaskName URGENT = new TaskName("urgent", 20);
  private static final TaskName LATER = new TaskName("later", 10);

  @TempDir Path folder;
  private final BlockingQueue<String> runs = new LinkedBlockingQueue<>();
  private final TaskSignal added = new TaskSignal();
  private final TaskStore tasks = new TaskStore(InstantSource.system(), added);
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = TestCatalog.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void runsUrgentTasksFirst() throws Exception {
    add(LATER, "a");
    add(URGENT, "b");
    add(URGENT, "b");
    try (TaskWorkers workers = workers(recording(URGENT), recording(LATER))) {
      workers.start();
      assertEquals("urgent b", next());
      assertEquals("later a", next());
    }
    assertTrue(runs.isEmpty());
  }

  @Test
  void addsNothingWhenTheTransactionIsRolledBack() throws Exception {
    assertThrows(
        IllegalStateException.class,
        () ->
            database
                .jdbi()
                .useTransaction(
                    tx -> {
                      tasks.add(tx, URGENT, "never");
                      throw new IllegalStateException("rolled back");
                    }));
    add(LATER, "a");
    try (TaskWorkers workers = workers(recording(URGENT), recording(LATER))) {
      workers.start();
      assertEquals("later a", next());
    }
  }

  @Test
  void retriesWhatFailed() throws Exception {
    add(URGENT, "a");
    AtomicBoolean failed = new AtomicBoolean();
    TaskKind failsOnce =
        new Kind(
            URGENT,
            subject -> {
              runs.add(subject);
              if (failed.compareAndSet(false, true)) {
                throw new IOException("the first time");
              }
            });
    try (TaskWorkers workers = workers(failsOnce)) {
      workers.start();
      assertEquals("a", next());
      assertEquals("a", next());
    }
  }

  @Test
  void interruptsWhatRunsAndRunsItAgainLater() throws Exception {
    add(URGENT, "a");
    CountDownLatch started = new CountDownLatch(1);
    TaskKind endless =
        new Kind(
            URGENT,
            _ -> {
              started.countDown();
              new CountDownLatch(1).await();
            });
    try (TaskWorkers workers = workers(endless)) {
      workers.start();
      assertTrue(started.await(30, TimeUnit.SECONDS));
    }
    try (TaskWorkers workers = workers(recording(URGENT))) {
      workers.start();
      assertEquals("urgent a", next());
    }
  }

  private interface Work {
    void run(String subject) throws Exception;
  }

  private record Kind(TaskName name, Work work) implements TaskKind {
    @Override
    public void run(String subject) throws Exception {
      work.run(subject);
    }

    @Override
    public Optional<Instant> failed(String subject, Throwable cause) {
      return Optional.of(Instant.now());
    }
  }

  private TaskKind recording(TaskName name) {
    return new Kind(name, subject -> runs.add(name.value() + " " + subject));
  }

  private TaskWorkers workers(TaskKind... kinds) {
    return new TaskWorkers(
        database.dataSource(), List.of(kinds), new TaskWorkers.Setup(1, "test", added));
  }

  private void add(TaskName name, String subject) {
    database.jdbi().useTransaction(tx -> tasks.add(tx, name, subject));
  }

  private String next() throws InterruptedException {
    String run = runs.poll(30, TimeUnit.SECONDS);
    return run == null ? "nothing" : run;
  }
}
