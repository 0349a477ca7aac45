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
import org.jspecify.annotations.Nullable;

/// Adds and cancels jobs, in whichever transaction the caller has open. Thread-safe.
public final class JobStore {
  private final InstantSource clock;

  public JobStore(InstantSource clock) {
    this.clock = clock;
  }

  /// Adds a job that is due now. Does nothing when there is one already.
  public void add(Connection tx, JobName job, String subject) {
    TaskInstance<Void> instance =
        new TaskInstance.Builder<Void>(job.value(), subject).priority(job.priority()).build();
    client(tx, job).scheduleIfNotExists(instance, clock.instant());
  }

  /// Takes a job out of the queue, also while it runs: it is then not run again.
  public void cancel(Connection tx, JobName job, String subject) {
    try (var delete =
        tx.prepareStatement(
            "delete from scheduled_tasks where task_name = ? and task_instance = ?")) {
      delete.setString(1, job.value());
      delete.setString(2, subject);
      delete.executeUpdate();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException("cannot cancel job " + job.value() + " of " + subject, e);
    }
  }

  private static SchedulerClient client(Connection tx, JobName job) {
    OneTimeTask<Void> task = Tasks.oneTime(job.value()).execute((_, _) -> {});
    return SchedulerClient.Builder.create(new OneConnection(unclosable(tx)), task)
        .enablePriority()
        .build();
  }

  private static Connection unclosable(Connection tx) {
    return (Connection)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
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
