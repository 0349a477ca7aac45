package dev.tritontube.web.auth;

import dev.tritontube.web.catalog.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// What administrators did, for a while. Thread-safe; several processes share it.
final class AuditStore {
  private static final Duration KEPT = Duration.ofDays(400);
  private static final int MOST = 100_000;

  private final Jdbi jdbi;

  AuditStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// @param actor the id of a user or of a key
  /// @param action a method and the route that it reached
  /// @param target the path, and what was said beside it
  record Entry(
      String id,
      Instant at,
      String actor,
      String actorName,
      String action,
      String target,
      String requestId) {}

  /// A place in the list, the newest first.
  record Cursor(Instant at, String id) {}

  void add(Entry entry) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate(
                    """
                    insert into audit (id, at, actor, actor_name, action, target, request_id)
                    values (:id, :at, :actor, :actorName, :action, :target, :requestId)
                    """)
                .bind("id", entry.id())
                .bind("at", entry.at().toEpochMilli())
                .bind("actor", entry.actor())
                .bind("actorName", entry.actorName())
                .bind("action", entry.action())
                .bind("target", entry.target())
                .bind("requestId", entry.requestId())
                .execute());
  }

  List<Entry> list(Optional<Cursor> after, int limit) {
    String place = after.isPresent() ? " where at < :at or (at = :at and id < :id)" : "";
    return jdbi.withHandle(
        handle -> {
          var query =
              handle
                  .createQuery(
                      "select * from audit" + place + " order by at desc, id desc limit :limit")
                  .bind("limit", limit);
          after.ifPresent(
              cursor -> query.bind("at", cursor.at().toEpochMilli()).bind("id", cursor.id()));
          return query
              .map(
                  (row, _) ->
                      new Entry(
                          row.getString("id"),
                          Instant.ofEpochMilli(row.getLong("at")),
                          row.getString("actor"),
                          row.getString("actor_name"),
                          row.getString("action"),
                          row.getString("target"),
                          row.getString("request_id")))
              .list();
        });
  }

  /// Forgets what is old, and all but the newest.
  void prune(Instant now) {
    jdbi.useTransaction(
        tx -> {
          long before = now.minus(KEPT).toEpochMilli();
          long tooMany =
              tx.createQuery("select at from audit order by at desc, id desc limit 1 offset :most")
                  .bind("most", MOST)
                  .mapTo(Long.class)
                  .findOne()
                  .orElse(before);
          tx.createUpdate("delete from audit where at <= :before")
              .bind("before", Math.max(before, tooMany))
              .execute();
        });
  }
}
