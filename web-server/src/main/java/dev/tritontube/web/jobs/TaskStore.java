package dev.tritontube.web.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.time.InstantSource;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Adds and cancels tasks, in whichever transaction the caller has open. Thread-safe.
public final class TaskStore {
  private final InstantSource clock;
  private final TaskSignal signal;

  public TaskStore(InstantSource clock, TaskSignal signal) {
    this.clock = clock;
    this.signal = signal;
  }

  /// Adds a task that is due now, in the place of one that there is, which may be running.
  public void add(Handle tx, TaskName name, String subject) {
    cancel(tx, name, subject);
    TaskInstance<Void> instance =
        new TaskInstance.Builder<Void>(name.value(), subject).priority(name.priority()).build();
    client(tx.getConnection(), name).scheduleIfNotExists(instance, clock.instant());
    tx.afterCommit(signal::raise);
  }

  /// Takes a task out of the queue, also while it runs: it is then not run again.
  public void cancel(Handle tx, TaskName name, String subject) {
    tx.execute(
        "delete from scheduled_tasks where task_name = ? and task_instance = ?",
        name.value(),
        subject);
  }

  private static SchedulerClient client(Connection tx, TaskName name) {
    OneTimeTask<Void> task = Tasks.oneTime(name.value()).execute((_, _) -> {});
    return SchedulerClient.Builder.create(new OneConnection(unclosable(tx)), task)
        .enablePriority()
        .build();
  }

  private static Connection unclosable(Connection tx) {
    return (Connection)
        Proxy.newProxyInstance(
            TaskStore.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(tx, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// db-scheduler asks a data source for connections; this one has the caller's.
  private record OneConnection(Connection connection) implements DataSource {
    @Override
    public Connection getConnection() {
      return connection;
    }

    @Override
    public Connection getConnection(String user, String password) {
      return connection;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException("no logger");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
