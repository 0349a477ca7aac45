package dev.tritontube.web.jobs;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.jobs.Job.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Jobs as they are on record. Thread-safe.
final class JobListStore {
  private final Jdbi jdbi;

  JobListStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// A place in the list of all jobs, newest first: after the job added then with this id.
  record Cursor(Instant created, JobId id) {
    static Cursor after(Job job) {
      return new Cursor(job.times().created(), job.id());
    }
  }

  Optional<Job> find(JobId id) {
    return jdbi.withHandle(handle -> find(handle, id));
  }

  static Optional<Job> find(Handle handle, JobId id) {
    return handle
        .createQuery("select * from jobs where id = :id")
        .bind("id", id.value())
        .map((row, _) -> job(row))
        .findOne();
  }

  /// Jobs from the newest to the oldest.
  ///
  /// @param state only those in it; empty: all
  /// @param after only those after this place; empty: from the start
  List<Job> list(Optional<State> state, Optional<Cursor> after, int limit) {
    String wanted = state.isPresent() ? "state = :state" : "1 = 1";
    String place =
        after.isPresent() ? " and (created_at < :at or (created_at = :at and id < :id))" : "";
    return jdbi.withHandle(
        handle -> {
          var query =
              handle
                  .createQuery(
                      "select * from jobs where "
                          + wanted
                          + place
                          + " order by created_at desc, id desc limit :limit")
                  .bind("limit", limit);
          state.ifPresent(only -> query.bind("state", only.name()));
          after.ifPresent(
              cursor ->
                  query
                      .bind("at", cursor.created().toEpochMilli())
                      .bind("id", cursor.id().value()));
          return query.map((row, _) -> job(row)).list();
        });
  }

  JobCounts counts() {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select state, count(*) as jobs from jobs group by state")
                .map((row, _) -> Map.entry(State.valueOf(row.getString(1)), row.getInt(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue())));
    return new JobCounts(
        counts.getOrDefault(State.WAITING, 0),
        counts.getOrDefault(State.RUNNING, 0),
        counts.getOrDefault(State.RETRYING, 0),
        counts.getOrDefault(State.DONE, 0),
        counts.getOrDefault(State.DEAD, 0),
        counts.getOrDefault(State.CANCELLED, 0));
  }

  private static Job job(ResultSet row) throws SQLException {
    return new Job(
        new JobId(row.getString("id")),
        Job.Kind.of(row.getString("kind")),
        new AssetId(row.getString("asset")),
        row.getString("profile"),
        State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        reason(row),
        mishap(row),
        new Job.Times(
            Instant.ofEpochMilli(row.getLong("created_at")),
            instant(row, "started_at"),
            instant(row, "next_at"),
            instant(row, "ended_at"),
            Instant.ofEpochMilli(row.getLong("updated_at"))));
  }

  private static Job.@Nullable Reason reason(ResultSet row) throws SQLException {
    String code = row.getString("reason_code");
    return code == null ? null : new Job.Reason(code, row.getString("reason_detail"));
  }

  private static Job.@Nullable Mishap mishap(ResultSet row) throws SQLException {
    String error = row.getString("last_error");
    Instant at = instant(row, "failed_at");
    return error == null || at == null ? null : new Job.Mishap(error, at);
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
