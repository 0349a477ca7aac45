package dev.tritontube.web.packaging;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Who makes which segments now, under leases that end by themselves when a worker dies.
/// Thread-safe.
final class AttemptStore {
  /// How long a lease lasts after its worker last said that it lives.
  static final Duration LEASE = Duration.ofSeconds(8);

  private final Jdbi jdbi;
  private final InstantSource clock;

  AttemptStore(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /// An attempt and what it may write.
  ///
  /// @param span up to where it is to stop
  /// @param reservedEnd up to where it may have written, not included
  record Row(Attempt attempt, Span span, long reservedEnd, boolean urgent) {
    /// All that it may have written.
    List<BlobKey> keys() {
      List<BlobKey> keys = new ArrayList<>();
      for (String representation : span.representations()) {
        keys.add(attempt.key(representation, SegmentSink.INIT));
        for (long number = span.first(); number < reservedEnd; number++) {
          keys.add(attempt.key(representation, number));
        }
      }
      return keys;
    }
  }

  /// Begins an attempt, unless another makes some of the same. One that is urgent takes over the
  /// rest of one that is not.
  ///
  /// @param holder the process
  /// @return false when somebody else is at it, or the asset is gone or done, or waits for its next
  ///   attempt
  boolean open(Attempt attempt, Span span, boolean urgent, String holder) {
    if (!jdbi.withHandle(handle -> wanted(handle, attempt))) {
      return false; // As happens often while a job waits for its next attempt.
    }
    return jdbi.inTransaction(
        handle -> {
          if (!wanted(handle, attempt)) {
            return false;
          }
          for (Row other : open(handle, attempt.asset())) {
            if (other.span().overlaps(span)) {
              if (!urgent || other.urgent()) {
                return false;
              }
              cut(handle, other, span.first());
            }
          }
          insert(handle, attempt, span, urgent, holder);
          JobStore.began(handle, attempt.asset(), clock.instant());
          return true;
        });
  }

  private boolean wanted(Handle handle, Attempt attempt) {
    return handle
            .createQuery(
                """
                select 1 from packaging where asset = :asset and revision = :revision
                and status = 'PROCESSING'
                """)
            .bind("asset", attempt.asset().value())
            .bind("revision", attempt.revision())
            .mapTo(Integer.class)
            .findOne()
            .isPresent()
        && JobStore.mayBegin(handle, attempt.asset(), clock.instant());
  }

  /// One that began later than `end` is left alone: the two make some segments twice.
  private static void cut(Handle handle, Row attempt, long end) {
    if (end > attempt.span().first()) {
      handle.execute(
          "update packaging_attempts set end_number = ? where attempt = ?",
          end,
          attempt.attempt().id());
    }
  }

  private void insert(Handle handle, Attempt attempt, Span span, boolean urgent, String holder) {
    handle
        .createUpdate(
            """
            insert into packaging_attempts (attempt, asset, revision, representations, first_number,
              reserved_end, end_number, urgent, holder, expires_at, is_open)
            values (:attempt, :asset, :revision, :representations, :first, :end, :end, :urgent, :holder,
              :expires, true)
            """)
        .bind("attempt", attempt.id())
        .bind("asset", attempt.asset().value())
        .bind("revision", attempt.revision())
        .bind("representations", String.join(",", span.representations()))
        .bind("first", span.first())
        .bind("end", span.end())
        .bind("urgent", urgent)
        .bind("holder", holder)
        .bind("expires", clock.millis() + LEASE.toMillis())
        .execute();
  }

  /// Ends an attempt all of whose blobs are accounted for.
  void finish(Attempt attempt) {
    jdbi.useTransaction(
        handle -> handle.execute("delete from packaging_attempts where attempt = ?", attempt.id()));
  }

  /// What is being made of an asset.
  List<Row> open(AssetId asset) {
    return jdbi.withHandle(handle -> open(handle, asset));
  }

  private static List<Row> open(Handle handle, AssetId asset) {
    return handle
        .createQuery("select * from packaging_attempts where asset = :asset and is_open")
        .bind("asset", asset.value())
        .map((row, _) -> row(row))
        .list();
  }

  /// What closed attempts may have left.
  List<Row> closed(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from packaging_attempts where asset = :asset and not is_open")
                .bind("asset", asset.value())
                .map((row, _) -> row(row))
                .list());
  }

  /// Assets with closed attempts, which are to be swept.
  List<AssetId> closed() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select distinct asset from packaging_attempts where not is_open")
                .map((row, _) -> new AssetId(row.getString("asset")))
                .list());
  }

  private static Row row(ResultSet row) throws SQLException {
    Attempt attempt =
        new Attempt(
            new AssetId(row.getString("asset")),
            row.getString("revision"),
            row.getString("attempt"));
    Span span =
        new Span(
            List.of(row.getString("representations").split(",")),
            row.getLong("first_number"),
            row.getLong("end_number"));
    return new Row(attempt, span, row.getLong("reserved_end"), row.getBoolean("urgent"));
  }

  /// Prolongs the leases of a process.
  void prolong(String holder) {
    jdbi.useTransaction(
        handle ->
            handle.execute(
                "update packaging_attempts set expires_at = ? where holder = ? and is_open",
                clock.millis() + LEASE.toMillis(),
                holder));
  }

  /// Closes the attempts whose process is gone.
  ///
  /// @return how many
  int closeExpired() {
    return jdbi.inTransaction(
        handle ->
            handle.execute(
                "update packaging_attempts set is_open = false where is_open and expires_at < ?",
                clock.millis()));
  }

  void close(Attempt attempt) {
    jdbi.useTransaction(
        handle ->
            handle.execute(
                "update packaging_attempts set is_open = false where attempt = ?", attempt.id()));
  }

  void closeAll(AssetId asset) {
    jdbi.useTransaction(handle -> closeAll(handle, asset));
  }

  static void closeAll(Handle tx, AssetId asset) {
    tx.execute(
        "update packaging_attempts set is_open = false where asset = ? and is_open", asset.value());
  }

  void closeAll(AssetId asset, String revision) {
    jdbi.useTransaction(
        handle ->
            handle.execute(
                """
                update packaging_attempts set is_open = false
                where asset = ? and revision = ? and is_open
                """,
                asset.value(),
                revision));
  }

  /// The ids of what a process is still to make.
  Set<String> held(String holder) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select attempt from packaging_attempts where holder = :holder and is_open")
                .bind("holder", holder)
                .mapTo(String.class)
                .set());
  }

  /// Forgets attempts that were swept.
  void drop(List<Row> swept) {
    jdbi.useTransaction(
        handle ->
            swept.forEach(
                row ->
                    handle.execute(
                        "delete from packaging_attempts where attempt = ? and not is_open",
                        row.attempt().id())));
  }
}
