package dev.tritontube.web.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.sql.DataSource;

/// The threads of this process that run tasks. Thread-safe.
public final class TaskWorkers implements AutoCloseable {
  /// How late a task of another process may begin, which people notice.
  private static final Duration POLL = Duration.ofMillis(50);

  /// A task whose worker missed four beats is dead; that is looked for every other beat: 4 x 4 s +
  /// 2 x 4 s < 30 s.
  private static final Duration BEAT = Duration.ofSeconds(4);

  private static final int MISSED_BEATS = 4;
  private static final Duration STOP_WAIT = Duration.ofMillis(200);

  private final Scheduler scheduler;

  /// How tasks are worked on.
  ///
  /// @param threads how many run at once
  /// @param processName tells this process from the others in the table of tasks
  /// @param signal of tasks that this process adds
  public record Setup(int threads, String processName, TaskSignal signal) {}

  public TaskWorkers(DataSource database, List<TaskKind> kinds, Setup setup) {
    List<Task<?>> tasks = kinds.stream().<Task<?>>map(TaskWorkers::task).toList();
    // Fetches no more than there are idle threads, so that a task that arrives later may be served
    // first.
    this.scheduler =
        Scheduler.create(database, tasks)
            .threads(setup.threads())
            .pollingInterval(POLL)
            .heartbeatInterval(BEAT)
            .missedHeartbeatsLimit(MISSED_BEATS)
            .pollUsingFetchAndLockOnExecute(0, 1)
            .enablePriority()
            .schedulerName(new SchedulerName.Fixed(setup.processName()))
            .shutdownMaxWait(STOP_WAIT)
            .failureLogging(LogLevel.OFF, false)
            .build();
    setup.signal().listen(scheduler::triggerCheckForDueExecutions);
  }

  public void start() {
    scheduler.start();
  }

  /// Interrupts what runs; it starts again when workers do.
  @Override
  public void close() {
    scheduler.stop();
  }

  private static Task<Void> task(TaskKind kind) {
    return Tasks.oneTime(kind.name().value())
        .defaultPriority(kind.name().priority())
        .onDeadExecutionRevive()
        .onFailure((complete, operations) -> retry(kind, complete, operations))
        .execute((instance, context) -> run(kind, instance.getId()));
  }

  private static void run(TaskKind kind, String subject) {
    try {
      kind.run(subject);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    } catch (CancellationException e) {
      throw e;
    } catch (Exception e) {
      throw new TaskFailure(e);
    }
  }

  private static void retry(
      TaskKind kind, ExecutionComplete complete, ExecutionOperations<Void> operations) {
    Throwable cause = complete.getCause().orElseThrow();
    String subject = complete.getExecution().taskInstance.getId();
    if (cause instanceof CancellationException) {
      operations.reschedule(complete, complete.getTimeDone());
      return;
    }
    kind.failed(subject, cause instanceof TaskFailure failure ? failure.reason : cause)
        .ifPresentOrElse(again -> operations.reschedule(complete, again), operations::stop);
  }

  /// Carries a checked exception through db-scheduler.
  private static final class TaskFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Exception reason;

    TaskFailure(Exception reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
