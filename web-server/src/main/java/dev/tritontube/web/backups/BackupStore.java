package dev.tritontube.web.backups;

import dev.tritontube.web.backups.Backup.State;
import dev.tritontube.web.catalog.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Which copies of the catalog there are. What may have been written is on record before it is, so
/// that it can be deleted whatever happens. Thread-safe; several processes share it.
final class BackupStore {
  private static final String NAME = "backup";

  private final Jdbi jdbi;

  BackupStore(Database database) {
    this.jdbi = database.jdbi();
  }

  void begin(Backup backup) {
    jdbi.useTransaction(tx -> add(tx, backup, backup.createdAt()));
  }

  /// @param alive when its process was last heard of
  static void add(Handle tx, Backup backup, Instant alive) {
    tx.createUpdate(
            """
            insert into backups (id, state, chunks, size_bytes, row_count, epoch, created_at, alive_at)
            values (:id, :state, :chunks, :bytes, :rows, :epoch, :created, :alive)
            """)
        .bind("id", backup.id().value())
        .bind("state", backup.state().name())
        .bind("chunks", backup.chunks())
        .bind("bytes", backup.bytes())
        .bind("rows", backup.rows())
        .bind("epoch", backup.epoch())
        .bind("created", backup.createdAt().toEpochMilli())
        .bind("alive", alive.toEpochMilli())
        .execute();
  }

  /// Declares chunks before they are written.
  ///
  /// @return false when it was taken for given up meanwhile
  boolean reserve(BackupId id, int chunks, Instant now) {
    return jdbi.inTransaction(
        tx ->
            tx.execute(
                    "update backups set chunks = ?, alive_at = ? where id = ? and state = 'WRITING'",
                    chunks,
                    now.toEpochMilli(),
                    id.value())
                == 1);
  }

  /// @return false when it was taken for given up meanwhile
  boolean done(Backup backup) {
    return jdbi.inTransaction(
        tx ->
            tx.execute(
                    """
                    update backups set state = 'DONE', size_bytes = ?, row_count = ?
                    where id = ? and state = 'WRITING'
                    """,
                    backup.bytes(),
                    backup.rows(),
                    backup.id().value())
                == 1);
  }

  /// From now on its blobs are to go.
  void giveUp(BackupId id) {
    jdbi.useTransaction(
        tx -> tx.execute("update backups set state = 'DELETING' where id = ?", id.value()));
  }

  /// Gives up what is written by processes that were not heard of since.
  void giveUpWritten(Instant before) {
    jdbi.useTransaction(
        tx ->
            tx.execute(
                "update backups set state = 'DELETING' where state = 'WRITING' and alive_at < ?",
                before.toEpochMilli()));
  }

  void forget(BackupId id) {
    jdbi.useTransaction(
        tx -> tx.execute("delete from backups where id = ? and state = 'DELETING'", id.value()));
  }

  Optional<Backup> find(BackupId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from backups where id = :id")
                .bind("id", id.value())
                .map((row, _) -> backup(row))
                .findOne());
  }

  /// The newest first. There are not many.
  List<Backup> all() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from backups order by created_at desc, id desc")
                .map((row, _) -> backup(row))
                .list());
  }

  /// Takes the copy that is due, if one is.
  ///
  /// @return false when none is due, or another process has taken it
  boolean takeDue(Instant now, Duration every) {
    return jdbi.inTransaction(
        tx -> {
          tx.execute(
              "insert into backup_schedule (name, next_at) values (?, ?) on conflict (name) do nothing",
              NAME,
              now.plus(every).toEpochMilli());
          return tx.execute(
                  "update backup_schedule set next_at = ? where name = ? and next_at <= ?",
                  now.plus(every).toEpochMilli(),
                  NAME,
                  now.toEpochMilli())
              == 1;
        });
  }

  /// Has the next one be due earlier, because this one failed.
  void dueAt(Instant next) {
    jdbi.useTransaction(
        tx ->
            tx.execute(
                "update backup_schedule set next_at = ? where name = ? and next_at > ?",
                next.toEpochMilli(),
                NAME,
                next.toEpochMilli()));
  }

  private static Backup backup(ResultSet row) throws SQLException {
    return new Backup(
        new BackupId(row.getString("id")),
        State.valueOf(row.getString("state")),
        row.getInt("chunks"),
        row.getLong("size_bytes"),
        row.getLong("row_count"),
        row.getLong("epoch"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}
