package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.EventStore;
import dev.tritontube.web.catalog.EventType;
import dev.tritontube.web.packaging.AssetMedia.Failure;
import dev.tritontube.web.packaging.AssetMedia.Status;
import dev.tritontube.web.packaging.DemandStore.Demand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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

/// How far each asset is, what is planned for it and what plays of it. Thread-safe.
final class PackagingStore {
  /// People are told of progress no more often.
  private static final Duration TELLING = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final EventStore events;
  private final InstantSource clock;

  PackagingStore(Database database, InstantSource clock) {
    this.jdbi = database.jdbi();
    this.events = database.events();
    this.clock = clock;
  }

  /// An asset as a worker sees it.
  ///
  /// @param plan null until it is planned
  /// @param since it was enqueued
  record Work(
      AssetId asset,
      Status status,
      boolean playable,
      @Nullable String revision,
      @Nullable EncodingPlan plan,
      Instant since) {
    Work planned(String newRevision, EncodingPlan newPlan) {
      return new Work(asset, Status.PROCESSING, true, newRevision, newPlan, since);
    }

    EncodingPlan requirePlan() {
      return Objects.requireNonNull(plan, "no plan");
    }

    String requireRevision() {
      return Objects.requireNonNull(revision, "no revision");
    }
  }

  /// An asset that is being encoded.
  ///
  /// @param playheadSeconds where somebody last asked for a segment
  /// @param stored how many blobs of it there are
  record Active(
      AssetId asset, String revision, Instant since, double playheadSeconds, long stored) {}

  /// Adds an asset that is to be packaged. One that is there begins anew if it failed for reasons
  /// of ours.
  ///
  /// @return whether there is something to do
  boolean add(Handle tx, AssetId asset) {
    String sql =
        """
        insert into packaging (asset, status, stage, percent, playable, enqueued_at, updated_at)
        values (:asset, 'PENDING', 'waiting', 0, false, :now, :now)
        on conflict (asset) do update set status = 'PENDING', stage = 'waiting', percent = 0,
          error_code = null, error_detail = null, revision = null, plan = null,
          presentation = null, playable = false, enqueued_at = excluded.enqueued_at,
          updated_at = excluded.updated_at
        where packaging.status = 'FAILED' and packaging.error_code = 'internal_error'
        """;
    boolean added =
        tx.createUpdate(sql).bind("asset", asset.value()).bind("now", clock.millis()).execute()
            == 1;
    if (added) {
      tell(tx, EventType.PROGRESS, asset);
    }
    return added;
  }

  Optional<Work> find(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from packaging where asset = :asset")
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
        plan == null ? null : StoredJson.read(plan, EncodingPlan.class),
        Instant.ofEpochMilli(row.getLong("enqueued_at")));
  }

  void stage(AssetId asset, String stage) {
    update(
        asset,
        EventType.PROGRESS,
        """
        update packaging set status = 'PROCESSING', stage = :stage, updated_at = :now
        where asset = :asset and status in ('PENDING', 'PROCESSING')
        """,
        Map.of("stage", stage));
  }

  /// Puts a plan on record and publishes what is to be made by it, with the segments that are
  /// wanted first.
  ///
  /// @return false when the asset is gone, or was planned by somebody else
  boolean plan(
      Work planned, AssetMedia.Facts facts, Presentation presentation, List<Demand> first) {
    return jdbi.inTransaction(
        handle -> {
          int updated =
              handle
                  .createUpdate(
                      """
                      update packaging set status = 'PROCESSING', stage = 'encoding',
                        revision = :revision, plan = :plan, facts = :facts,
                        presentation = :presentation, playable = true, updated_at = :now
                      where asset = :asset and status in ('PENDING', 'PROCESSING') and plan is null
                      """)
                  .bind("revision", planned.requireRevision())
                  .bind("plan", StoredJson.write(planned.requirePlan()))
                  .bind("facts", StoredJson.write(facts))
                  .bind("presentation", StoredJson.write(presentation))
                  .bind("now", clock.millis())
                  .bind("asset", planned.asset().value())
                  .execute();
          if (updated == 1) {
            first.forEach(demand -> DemandStore.add(handle, demand));
            tell(handle, EventType.PLAYABLE, planned.asset());
          }
          return updated == 1;
        });
  }

  /// Assets that are being encoded, the oldest first.
  List<Active> active() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select asset, revision, enqueued_at, playhead_seconds,
                      (select count(*) from packaging_segments s where s.asset = p.asset) as stored
                    from packaging p where status = 'PROCESSING' and plan is not null
                    order by enqueued_at
                    """)
                .map(
                    (row, _) ->
                        new Active(
                            new AssetId(row.getString("asset")),
                            row.getString("revision"),
                            Instant.ofEpochMilli(row.getLong("enqueued_at")),
                            row.getDouble("playhead_seconds"),
                            row.getLong("stored")))
                .list());
  }

  /// Says how far an asset is, which does not count as a change of it; less than before counts as
  /// before. People are told now or, when they were just told something, by a later call.
  void progress(AssetId asset, String revision, int percent, @Nullable Integer etaSeconds) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  """
                  update packaging set untold = true, eta_seconds = :eta,
                    percent = case when percent > :percent then percent else :percent end
                  where asset = :asset and revision = :revision and status = 'PROCESSING'
                    and (percent < :percent or eta_seconds is distinct from :eta)
                  """)
              .bind("percent", percent)
              .bind("eta", etaSeconds)
              .bind("asset", asset.value())
              .bind("revision", revision)
              .execute();
          if (isToBeTold(handle, asset)) {
            tell(handle, EventType.PROGRESS, asset);
          }
        });
  }

  private boolean isToBeTold(Handle handle, AssetId asset) {
    return handle
            .createUpdate(
                """
                update packaging set untold = false, told_at = :now
                where asset = :asset and status = 'PROCESSING' and untold and told_at <= :before
                """)
            .bind("asset", asset.value())
            .bind("now", clock.millis())
            .bind("before", clock.millis() - TELLING.toMillis())
            .execute()
        == 1;
  }

  private void tell(Handle handle, EventType type, AssetId asset) {
    events.ofAsset(handle, type, asset, clock.instant());
  }

  void fail(AssetId asset, String code, String detail) {
    update(
        asset,
        EventType.FAILED,
        """
        update packaging set status = 'FAILED', stage = 'failed', error_code = :code,
          error_detail = :detail, eta_seconds = null, playable = false, updated_at = :now
        where asset = :asset and status in ('PENDING', 'PROCESSING')
        """,
        Map.of("code", code, "detail", detail));
  }

  /// Makes a presentation the one that plays.
  void publish(AssetId asset, String revision, Presentation presentation) {
    jdbi.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    update packaging set presentation = :presentation, updated_at = :now
                    where asset = :asset and revision = :revision and status = 'PROCESSING'
                    """)
                .bind("presentation", StoredJson.write(presentation))
                .bind("now", clock.millis())
                .bind("asset", asset.value())
                .bind("revision", revision)
                .execute());
  }

  /// Ends the work on an asset: all of it is there.
  ///
  /// @param failure what is missing from it all the same; it plays then, but is FAILED
  /// @return false when somebody else was first
  boolean complete(
      AssetId asset, String revision, Presentation presentation, Optional<Failure> failure) {
    return jdbi.inTransaction(
        handle -> {
          int updated =
              handle
                  .createUpdate(
                      """
                      update packaging set presentation = :presentation, status = :status,
                        stage = :stage, percent = 100, eta_seconds = null, error_code = :code,
                        error_detail = :detail, updated_at = :now
                      where asset = :asset and revision = :revision and status = 'PROCESSING'
                      """)
                  .bind("presentation", StoredJson.write(presentation))
                  .bind("status", failure.isPresent() ? "FAILED" : "COMPLETED")
                  .bind("stage", failure.isPresent() ? "failed" : "done")
                  .bind("code", failure.map(Failure::code).orElse(null))
                  .bind("detail", failure.map(Failure::detail).orElse(null))
                  .bind("now", clock.millis())
                  .bind("asset", asset.value())
                  .bind("revision", revision)
                  .execute();
          if (updated == 1) {
            tell(handle, failure.isPresent() ? EventType.FAILED : EventType.COMPLETED, asset);
          }
          return updated == 1;
        });
  }

  Optional<Status> status(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select status from packaging where asset = :asset")
                .bind("asset", asset.value())
                .map((row, _) -> Status.valueOf(row.getString("status")))
                .findOne());
  }

  /// Those of some assets on which nobody works any more.
  List<AssetId> ended(List<AssetId> assets) {
    return assets.stream()
        .filter(
            asset ->
                status(asset)
                    .filter(status -> status == Status.PENDING || status == Status.PROCESSING)
                    .isEmpty())
        .toList();
  }

  void drop(AssetId asset) {
    jdbi.useTransaction(
        handle ->
            handle
                .createUpdate("delete from packaging where asset = :asset")
                .bind("asset", asset.value())
                .execute());
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
        row.getBoolean("poster"),
        Instant.ofEpochMilli(row.getLong("updated_at")));
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

  Optional<String> revision(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select revision from packaging where asset = :asset and revision is not null")
                .bind("asset", asset.value())
                .mapTo(String.class)
                .findOne());
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

  void inTransaction(Consumer<Handle> work) {
    jdbi.useTransaction(work::accept);
  }

  /// @param type what people are told when it changed anything
  private void update(AssetId asset, EventType type, String sql, Map<String, String> values) {
    jdbi.useTransaction(
        handle -> {
          var update = handle.createUpdate(sql).bind("asset", asset.value());
          values.forEach(update::bind);
          update.bind("now", clock.millis());
          if (update.execute() == 1) {
            tell(handle, type, asset);
          }
        });
  }
}
