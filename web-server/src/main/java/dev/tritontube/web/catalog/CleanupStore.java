package dev.tritontube.web.catalog;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// When videos were cleaned up, and by that, by which of several processes. Thread-safe.
public final class CleanupStore {
  private final Jdbi jdbi;

  public CleanupStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// @param due the time for which it was
  /// @param ended null: it is under way, or its process ended
  /// @param expired how many videos were deleted because they expired
  /// @param purged how many deleted ones were purged
  public record Cleanup(
      Instant due, Instant began, @Nullable Instant ended, int expired, int purged) {}

  /// Takes a cleanup that is due.
  ///
  /// @return false when somebody else has it
  public boolean begin(Instant due, Instant now) {
    return jdbi.inTransaction(
        tx ->
            tx.createUpdate(
                        """
                        insert into cleanups (due_at, began_at, expired, purged)
                        values (:due, :now, 0, 0) on conflict (due_at) do nothing""")
                    .bind("due", due.toEpochMilli())
                    .bind("now", now.toEpochMilli())
                    .execute()
                == 1);
  }

  public void end(Instant due, int expired, int purged, Instant now) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate(
                    """
                    update cleanups set ended_at = :now, expired = :expired, purged = :purged
                    where due_at = :due""")
                .bind("now", now.toEpochMilli())
                .bind("expired", expired)
                .bind("purged", purged)
                .bind("due", due.toEpochMilli())
                .execute());
  }

  /// The latest first.
  public List<Cleanup> latest(int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from cleanups order by due_at desc limit :limit")
                .bind("limit", limit)
                .map(
                    (row, _) -> {
                      long ended = row.getLong("ended_at");
                      Instant end = row.wasNull() ? null : Instant.ofEpochMilli(ended);
                      return new Cleanup(
                          Instant.ofEpochMilli(row.getLong("due_at")),
                          Instant.ofEpochMilli(row.getLong("began_at")),
                          end,
                          row.getInt("expired"),
                          row.getInt("purged"));
                    })
                .list());
  }
}
