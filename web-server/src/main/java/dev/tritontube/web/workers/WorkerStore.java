package dev.tritontube.web.workers;

import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.packaging.SandboxState;
import dev.tritontube.web.sandbox.Protection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Workers on record. Thread-safe; several processes share it.
final class WorkerStore {
  private final Jdbi jdbi;

  WorkerStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// @param gone who was not seen since then is forgotten
  void put(Worker worker, Instant now, Instant gone) {
    jdbi.useTransaction(
        tx -> {
          tx.execute("delete from workers where seen_at < ?", gone.toEpochMilli());
          Protection protection = worker.sandbox().protection();
          tx.createUpdate(
                  """
                  insert into workers
                    (id, host, files, ports, signals, calls, landlock, limits, reason, seen_at)
                  values
                    (:id, :host, :files, :ports, :signals, :calls, :landlock, :limits, :reason, :now)
                  on conflict (id) do update set seen_at = excluded.seen_at
                  """)
              .bind("id", worker.id())
              .bind("host", worker.host())
              .bind("files", protection.files())
              .bind("ports", protection.ports())
              .bind("signals", protection.signals())
              .bind("calls", protection.calls())
              .bind("landlock", worker.sandbox().landlock())
              .bind("limits", worker.sandbox().limits())
              .bind("reason", worker.sandbox().reason())
              .bind("now", now.toEpochMilli())
              .execute();
        });
  }

  void remove(String id) {
    jdbi.useTransaction(tx -> tx.execute("delete from workers where id = ?", id));
  }

  List<Worker> since(Instant seen) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from workers where seen_at >= :seen order by host, id")
                .bind("seen", seen.toEpochMilli())
                .map((row, _) -> worker(row))
                .list());
  }

  private static Worker worker(ResultSet row) throws SQLException {
    return new Worker(
        row.getString("id"),
        row.getString("host"),
        new SandboxState(
            new Protection(
                row.getBoolean("files"),
                row.getBoolean("ports"),
                row.getBoolean("signals"),
                row.getBoolean("calls")),
            row.getInt("landlock"),
            row.getBoolean("limits"),
            row.getString("reason")));
  }
}
