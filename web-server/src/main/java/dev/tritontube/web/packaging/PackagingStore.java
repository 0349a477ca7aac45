package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Packaging's tables in the catalog: assets, attempts and what they may have written, segments.
/// Thread-safe.
final class PackagingStore {
  private final Jdbi jdbi;
  private final InstantSource clock;

  PackagingStore(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /// An asset as a worker sees it.
  ///
  /// @param plan null until it is planned
  record Work(
      AssetId asset,
      Status status,
      boolean playable,
      @Nullable String revision,
      @Nullable EncodingPlan plan) {
    EncodingPlan requirePlan() {
      return Objects.requireNonNull(plan, "no plan");
    }

    String requireRevision() {
      return Objects.requireNonNull(revision, "no revision");
    }
  }

  /// A segment, as stored by the attempt that was first.
  record Segment(String representation, long number, String attempt, long length) {}

  /// What an attempt may have written.
  ///
  /// @param reserved every number under it, and the init segment
  record Reservation(Attempt attempt, String representation, long reserved) {}

  /// What came of recording a segment.
  enum Recorded {
    FIRST,
    ANOTHER_WAS_FIRST,
    CLOSED
  }

  void add(Connection tx, AssetId asset) {
    String sql =
        """
        insert into packaging (asset, status, stage, percent, playable, enqueued_at, updated_at)
        values (?, 'PENDING', 'waiting', 0, false, ?, ?)
        """;
    try (var insert = tx.prepareStatement(sql)) {
      insert.setString(1, asset.value());
      insert.setLong(2, clock.millis());
      insert.setLong(3, clock.millis());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot enqueue asset " + asset, e);
    }
  }

  Optional<Work> find(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select status, playable, revision, plan from packaging where asset = :asset")
                .bind("asset", asset.value())
                .map((row, _) -> work(asset, row))
                .findOne());
  }

  private static Work work(AssetId asset, ResultSet row) throws SQLException {
    String plan = row.getString("plan");
    return new Work(
        asset,
        Status.valueOf(row.getString("status")),
        row.getBoolean("playable"),
        row.getString("revision"),
        plan == null ? null : StoredJson.read(plan, EncodingPlan.class));
  }

  void stage(AssetId asset, String stage) {
    update(
        """
        update packaging set status = 'PROCESSING', stage = :stage, updated_at = :now
        where asset = :asset and status in ('PENDING', 'PROCESSING')
        """,
        Map.of("asset", asset.value(), "stage", stage));
  }

  void plan(AssetId asset, String revision, EncodingPlan plan, AssetMedia.Facts facts) {
    update(
        """
        update packaging set stage = 'encoding', revision = :revision, plan = :plan, facts = :facts,
          updated_at = :now
        where asset = :asset
        """,
        Map.of(
            "asset", asset.value(),
            "revision", revision,
            "plan", StoredJson.write(plan),
            "facts", StoredJson.write(facts)));
  }

  void progress(Attempt attempt, int percent, @Nullable Integer etaSeconds) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update packaging set percent = :percent, eta_seconds = :eta, updated_at = :now
                    where asset = :asset and revision = :revision and status = 'PROCESSING'
                    """)
                .bind("percent", percent)
                .bind("eta", etaSeconds)
                .bind("now", clock.millis())
                .bind("asset", attempt.asset().value())
                .bind("revision", attempt.revision())
                .execute());
  }

  void fail(AssetId asset, String code, String detail) {
    update(
        """
        update packaging set status = 'FAILED', stage = 'failed', error_code = :code,
          error_detail = :detail, eta_seconds = null, updated_at = :now
        where asset = :asset and status <> 'COMPLETED'
        """,
        Map.of("asset", asset.value(), "code", code, "detail", detail));
  }

  /// Makes a presentation the one that plays, with `alsoInTransaction` done or undone together with
  /// it.
  ///
  /// @return false when the attempt has been closed
  boolean publish(
      Attempt attempt,
      Presentation presentation,
      boolean complete,
      Consumer<Connection> alsoInTransaction) {
    return jdbi.inTransaction(
        handle -> {
          if (!isOpen(handle, attempt)) {
            return false;
          }
          handle
              .createUpdate(
                  """
                  update packaging set presentation = :presentation, playable = true, status = :status,
                    stage = :stage, percent = case when :complete then 100 else percent end,
                    eta_seconds = case when :complete then null else eta_seconds end, updated_at = :now
                  where asset = :asset
                  """)
              .bind("presentation", StoredJson.write(presentation))
              .bind("status", complete ? "COMPLETED" : "PROCESSING")
              .bind("stage", complete ? "done" : "encoding")
              .bind("complete", complete)
              .bind("now", clock.millis())
              .bind("asset", attempt.asset().value())
              .execute();
          alsoInTransaction.accept(handle.getConnection());
          return true;
        });
  }

  /// Begins an attempt and closes all others of the asset.
  ///
  /// @return false when the asset is gone or done
  boolean open(Attempt attempt) {
    return jdbi.inTransaction(
        handle -> {
          close(handle, attempt.asset());
          return handle
                  .createUpdate(
                      """
                      insert into packaging_attempts (attempt, asset, revision, is_open, started_at)
                      select :attempt, asset, :revision, true, :now from packaging
                      where asset = :asset and status in ('PENDING', 'PROCESSING')
                      """)
                  .bind("attempt", attempt.id())
                  .bind("revision", attempt.revision())
                  .bind("now", clock.millis())
                  .bind("asset", attempt.asset().value())
                  .execute()
              == 1;
        });
  }

  void closeAttempts(AssetId asset) {
    jdbi.useTransaction(handle -> close(handle, asset));
  }

  private static void close(Handle handle, AssetId asset) {
    handle
        .createUpdate(
            "update packaging_attempts set is_open = false where asset = :asset and is_open")
        .bind("asset", asset.value())
        .execute();
  }

  private static boolean isOpen(Handle handle, Attempt attempt) {
    return handle
        .createQuery("select 1 from packaging_attempts where attempt = :attempt and is_open")
        .bind("attempt", attempt.id())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// Puts on record that an attempt may write the numbers under `reserved` of a representation.
  ///
  /// @return false when the attempt has been closed
  boolean reserve(Attempt attempt, String representation, long reserved) {
    return jdbi.inTransaction(
        handle ->
            isOpen(handle, attempt)
                && handle
                        .createUpdate(
                            """
                            insert into packaging_reservations (attempt, representation, reserved)
                            values (:attempt, :representation, :reserved)
                            on conflict (attempt, representation) do update set reserved = excluded.reserved
                            """)
                        .bind("attempt", attempt.id())
                        .bind("representation", representation)
                        .bind("reserved", reserved)
                        .execute()
                    == 1);
  }

  /// Says where a segment is, unless another attempt was first.
  Recorded record(Attempt attempt, String representation, long number, long length) {
    return jdbi.inTransaction(
        handle -> {
          if (!isOpen(handle, attempt)) {
            return Recorded.CLOSED;
          }
          int inserted =
              handle
                  .createUpdate(
                      """
                      insert into packaging_segments
                        (asset, revision, representation, number, attempt, length)
                      values (:asset, :revision, :representation, :number, :attempt, :length)
                      on conflict do nothing
                      """)
                  .bind("asset", attempt.asset().value())
                  .bind("revision", attempt.revision())
                  .bind("representation", representation)
                  .bind("number", number)
                  .bind("attempt", attempt.id())
                  .bind("length", length)
                  .execute();
          return inserted == 1 ? Recorded.FIRST : Recorded.ANOTHER_WAS_FIRST;
        });
  }

  /// What closed attempts may have written.
  List<Reservation> closedReservations(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select a.attempt, a.revision, r.representation, r.reserved
                    from packaging_attempts a join packaging_reservations r on r.attempt = a.attempt
                    where a.asset = :asset and not a.is_open
                    """)
                .bind("asset", asset.value())
                .map(
                    (row, _) ->
                        new Reservation(
                            new Attempt(asset, row.getString("revision"), row.getString("attempt")),
                            row.getString("representation"),
                            row.getLong("reserved")))
                .list());
  }

  /// The segments of a revision that are stored.
  List<Segment> segments(AssetId asset, String revision) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select representation, number, attempt, length from packaging_segments
                    where asset = :asset and revision = :revision
                    """)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .map((row, _) -> segment(row))
                .list());
  }

  private static Segment segment(ResultSet row) throws SQLException {
    return new Segment(
        row.getString("representation"),
        row.getLong("number"),
        row.getString("attempt"),
        row.getLong("length"));
  }

  /// Forgets closed attempts that may have written no more than these reservations, which were
  /// swept.
  void dropSwept(AssetId asset, List<Reservation> swept) {
    jdbi.useTransaction(
        handle -> {
          for (Reservation reservation : swept) {
            handle.execute(
                "delete from packaging_reservations where attempt = ? and representation = ?",
                reservation.attempt().id(),
                reservation.representation());
          }
          handle
              .createUpdate(
                  """
                  delete from packaging_attempts where asset = :asset and not is_open
                    and attempt not in (select attempt from packaging_reservations)
                  """)
              .bind("asset", asset.value())
              .execute();
        });
  }

  /// Every segment of every revision, with its key.
  List<BlobKey> keys(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select revision, representation, number, attempt, length from packaging_segments
                    where asset = :asset
                    """)
                .bind("asset", asset.value())
                .map(
                    (row, _) ->
                        new Attempt(asset, row.getString("revision"), row.getString("attempt"))
                            .key(row.getString("representation"), row.getLong("number")))
                .list());
  }

  void dropSegments(AssetId asset) {
    update("delete from packaging_segments where asset = :asset", Map.of("asset", asset.value()));
  }

  void drop(AssetId asset) {
    update("delete from packaging where asset = :asset", Map.of("asset", asset.value()));
  }

  Map<AssetId, AssetMedia> media(Collection<AssetId> assets) {
    Map<AssetId, AssetMedia> found = new HashMap<>();
    if (assets.isEmpty()) {
      return found;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select p.*, exists (select 1 from packaging_segments s where s.asset = p.asset
                      and s.revision = p.revision and s.representation = 'poster') as poster
                    from packaging p where p.asset in (<assets>)
                    """)
                .bindList("assets", assets.stream().map(AssetId::value).toList())
                .map((row, _) -> Map.entry(new AssetId(row.getString("asset")), media(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue())));
    assets.forEach(asset -> found.putIfAbsent(asset, AssetMedia.pending()));
    return found;
  }

  private static AssetMedia media(ResultSet row) throws SQLException {
    int eta = row.getInt("eta_seconds");
    Integer known = row.wasNull() ? null : Integer.valueOf(eta);
    AssetMedia.Progress progress =
        new AssetMedia.Progress(row.getString("stage"), row.getInt("percent"), known);
    String code = row.getString("error_code");
    String facts = row.getString("facts");
    String presentation = row.getString("presentation");
    return new AssetMedia(
        Status.valueOf(row.getString("status")),
        row.getBoolean("playable"),
        progress,
        code == null ? null : new AssetMedia.Failure(code, row.getString("error_detail")),
        facts == null ? null : StoredJson.read(facts, AssetMedia.Facts.class),
        presentation == null
            ? List.of()
            : Renditions.of(StoredJson.read(presentation, Presentation.class)),
        row.getBoolean("poster"));
  }

  Optional<Published> published(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select revision, presentation, status, updated_at from packaging
                    where asset = :asset and playable
                    """)
                .bind("asset", asset.value())
                .map(
                    (row, _) ->
                        new Published(
                            row.getString("revision"),
                            StoredJson.read(row.getString("presentation"), Presentation.class),
                            row.getString("status").equals("COMPLETED"),
                            Instant.ofEpochMilli(row.getLong("updated_at"))))
                .findOne());
  }

  Optional<StoredSegment> stored(
      AssetId asset, String revision, String representation, long number) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select attempt, length from packaging_segments where asset = :asset
                    and revision = :revision and representation = :representation and number = :number
                    """)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .bind("representation", representation)
                .bind("number", number)
                .map(
                    (row, _) ->
                        new StoredSegment(
                            new Attempt(asset, revision, row.getString("attempt"))
                                .key(representation, number),
                            row.getLong("length")))
                .findOne());
  }

  Optional<StoredSegment> poster(AssetId asset) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select revision from packaging where asset = :asset and revision is not null")
                    .bind("asset", asset.value())
                    .mapTo(String.class)
                    .findOne())
        .flatMap(revision -> stored(asset, revision, Attempt.POSTER, 0));
  }

  Map<Status, Integer> counts() {
    Map<Status, Integer> counts = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select status, count(*) as assets from packaging group by status")
                .map(
                    (row, _) ->
                        Map.entry(Status.valueOf(row.getString("status")), row.getInt("assets")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue())));
    return counts;
  }

  void inTransaction(Consumer<Connection> work) {
    jdbi.useTransaction(handle -> work.accept(handle.getConnection()));
  }

  private void update(String sql, Map<String, String> values) {
    jdbi.useTransaction(
        handle -> {
          var update = handle.createUpdate(sql);
          values.forEach(update::bind);
          if (sql.contains(":now")) {
            update.bind("now", clock.millis());
          }
          update.execute();
        });
  }
}
