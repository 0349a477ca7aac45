package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.AssetStore;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.EventType;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.catalog.TrackSearchStore;
import dev.tritontube.web.jobs.Job;
import dev.tritontube.web.jobs.JobStore;
import dev.tritontube.web.packaging.AssetMedia.Status;
import dev.tritontube.web.packaging.DemandStore.Demand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// How far the work on each asset is, and what is planned for it. What happens to the work happens
/// to its job in the same transaction. Thread-safe.
final class PackagingStore {
  /// Assets that are looked at together.
  private static final int AT_ONCE = 50;

  private final Jdbi jdbi;
  private final String forUpdate;
  private final TellingStore telling;
  private final InstantSource clock;

  PackagingStore(Database database, TellingStore telling, InstantSource clock) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
    this.telling = telling;
    this.clock = clock;
  }

  /// An asset as a worker sees it.
  ///
  /// @param plan null until it is planned
  /// @param aim what is to be made
  record Work(
      AssetId asset,
      Status status,
      @Nullable String revision,
      @Nullable EncodingPlan plan,
      Aim aim) {
    Work planned(String newRevision, EncodingPlan newPlan) {
      return new Work(asset, Status.PROCESSING, newRevision, newPlan, aim);
    }

    EncodingPlan requirePlan() {
      return Objects.requireNonNull(plan, "no plan");
    }

    String requireRevision() {
      return Objects.requireNonNull(revision, "no revision");
    }
  }

  /// @param profile its name
  /// @param again whether something plays already, so that nobody waits
  /// @param job whose work it is; null of what is older than jobs
  record Aim(String profile, boolean again, @Nullable String job) {}

  /// An asset that is being encoded.
  ///
  /// @param playheadSeconds where somebody last asked for a segment
  /// @param stored how many blobs of it there are
  /// @param again whether something plays already, so that nobody waits
  record Active(
      AssetId asset,
      String revision,
      Instant since,
      double playheadSeconds,
      long stored,
      boolean again) {}

  /// Adds an asset that is to be packaged, or revives one that failed for no fault of its own.
  ///
  /// @param job of one that had none
  /// @return whether there is something to do
  boolean add(Handle tx, AssetId asset, JobId job) {
    String sql =
        """
        insert into packaging
          (asset, status, stage, percent, playable, profile, job, enqueued_at, updated_at)
        values (:asset, 'PENDING', 'waiting', 0, false, :profile, :job, :now, :now)
        on conflict (asset) do update set status = 'PENDING', stage = 'waiting',
          job = case when exists (select 1 from jobs j where j.id = packaging.job)
            then packaging.job else excluded.job end,
          percent = case when packaging.plan is null then 0 else packaging.percent end,
          error_code = null, error_detail = null, enqueued_at = excluded.enqueued_at,
          updated_at = excluded.updated_at
        where packaging.status = 'FAILED'
          and packaging.error_code in ('internal_error', 'cancelled')
          and not exists (select 1 from packaging_shown s where s.asset = packaging.asset)
        """;
    String profile =
        AssetStore.making(tx, asset).map(Profiles::profileOf).orElse(Profiles.STANDARD);
    boolean added =
        tx.createUpdate(sql)
                .bind("asset", asset.value())
                .bind("profile", profile)
                .bind("job", job.value())
                .bind("now", clock.millis())
                .execute()
            == 1;
    if (added) {
      JobStore.add(tx, new JobStore.Added(Job.Kind.PACKAGE, asset, profile), job, clock.instant());
      telling.turn(tx, EventType.PROGRESS, asset);
    }
    return added;
  }

  Optional<Work> find(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select p.*,
                      exists (select 1 from packaging_shown s where s.asset = p.asset) as again
                    from packaging p where asset = :asset
                    """)
                .bind("asset", asset.value())
                .map((row, _) -> work(asset, row))
                .findOne());
  }

  private static Work work(AssetId asset, ResultSet row) throws SQLException {
    String plan = row.getString("plan");
    return new Work(
        asset,
        Status.valueOf(row.getString("status")),
        row.getString("revision"),
        plan == null ? null : StoredJson.read(plan, EncodingPlan.class),
        new Aim(row.getString("profile"), row.getBoolean("again"), row.getString("job")));
  }

  /// The plan of a revision that plays, is being made, or was replaced of late.
  Optional<EncodingPlan> plan(AssetId asset, String revision) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select plan from packaging where asset = :asset and revision = :revision
                    union all
                    select plan from packaging_shown where asset = :asset and revision = :revision
                    union all
                    select plan from packaging_sweeps where asset = :asset and revision = :revision
                    """)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .mapTo(String.class)
                .stream()
                .filter(Objects::nonNull)
                .findFirst()
                .map(plan -> StoredJson.read(plan, EncodingPlan.class)));
  }

  void stage(AssetId asset, String stage) {
    jdbi.useTransaction(
        tx -> {
          boolean begun =
              tx.createUpdate(
                          """
                          update packaging set status = 'PROCESSING', stage = :stage, updated_at = :now
                          where asset = :asset and status in ('PENDING', 'PROCESSING')
                          """)
                      .bind("asset", asset.value())
                      .bind("stage", stage)
                      .bind("now", clock.millis())
                      .execute()
                  == 1;
          if (begun) {
            JobStore.began(tx, asset, clock.instant());
            telling.turn(tx, EventType.PROGRESS, asset);
          }
        });
  }

  /// Puts a plan on record and publishes what is to be made by it, with the segments that are
  /// wanted first.
  ///
  /// @param expected how long it should take to make everything
  /// @return false when the asset is gone, was planned by somebody else, or is another job's by now
  boolean plan(
      Work planned,
      AssetMedia.Facts facts,
      Presentation presentation,
      List<Demand> first,
      Duration expected) {
    return jdbi.inTransaction(
        handle -> {
          int updated =
              handle
                  .createUpdate(
                      """
                      update packaging set status = 'PROCESSING', stage = 'encoding',
                        revision = :revision, plan = :plan, facts = :facts,
                        duration_seconds = :seconds,
                        presentation = :presentation, renditions = :renditions,
                        playable = true, eta_seconds = :eta, updated_at = :now
                      where asset = :asset and status in ('PENDING', 'PROCESSING') and plan is null
                        and job is not distinct from :job
                      """)
                  .bind("revision", planned.requireRevision())
                  .bind("plan", StoredJson.write(planned.requirePlan()))
                  .bind("facts", StoredJson.write(facts))
                  .bind("seconds", facts.durationSeconds())
                  .bind("presentation", StoredJson.write(presentation))
                  .bind("renditions", Renditions.json(presentation))
                  .bind("eta", expected.toSeconds() + 1)
                  .bind("now", clock.millis())
                  .bind("asset", planned.asset().value())
                  .bind("job", planned.aim().job())
                  .execute();
          if (updated == 1) {
            first.forEach(demand -> DemandStore.add(handle, demand));
            TrackSearchStore.add(handle, planned.asset(), clock.instant());
            telling.turn(handle, EventType.PLAYABLE, planned.asset());
          }
          return updated == 1;
        });
  }

  /// Goes on with a plan that is on record.
  ///
  /// @param first the segments that are wanted first
  void resume(AssetId asset, List<Demand> first) {
    jdbi.useTransaction(
        tx -> {
          boolean resumed =
              tx.createUpdate(
                          """
                          update packaging set status = 'PROCESSING', stage = 'encoding',
                            playable = true, updated_at = :now
                          where asset = :asset and status = 'PENDING' and plan is not null
                          """)
                      .bind("asset", asset.value())
                      .bind("now", clock.millis())
                      .execute()
                  == 1;
          if (resumed) {
            first.forEach(demand -> DemandStore.add(tx, demand));
            JobStore.began(tx, asset, clock.instant());
            telling.turn(tx, EventType.PLAYABLE, asset);
          }
        });
  }

  /// Assets that are being encoded, the oldest first; those left out whose next attempt is still to
  /// come.
  List<Active> active() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select asset, revision, enqueued_at, playhead_seconds,
                      (select count(*) from packaging_segments s
                        where s.asset = p.asset and s.revision = p.revision) as stored,
                      exists (select 1 from packaging_shown s where s.asset = p.asset) as again
                    from packaging p where status = 'PROCESSING' and plan is not null
                      and not exists (select 1 from jobs j
                        where j.asset = p.asset and j.state = 'RETRYING' and j.next_at > :now)
                    order by enqueued_at
                    """)
                .bind("now", clock.millis())
                .map(
                    (row, _) ->
                        new Active(
                            new AssetId(row.getString("asset")),
                            row.getString("revision"),
                            Instant.ofEpochMilli(row.getLong("enqueued_at")),
                            row.getDouble("playhead_seconds"),
                            row.getLong("stored"),
                            row.getBoolean("again")))
                .list());
  }

  /// Some of the assets that are being encoded, by their ids.
  ///
  /// @param after only those after this one; empty: from the first on
  List<AssetId> underWay(Optional<AssetId> after) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select asset from packaging
                    where status = 'PROCESSING' and plan is not null and asset > :after
                    order by asset limit :limit
                    """)
                .bind("after", after.map(AssetId::value).orElse(""))
                .bind("limit", AT_ONCE)
                .map((row, _) -> new AssetId(row.getString("asset")))
                .list());
  }

  /// What a revision that is being encoded is to be played by.
  Optional<Presentation> presentation(AssetId asset, String revision) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select presentation from packaging where asset = :asset and revision = :revision
                      and presentation is not null
                    """)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .mapTo(String.class)
                .findOne()
                .map(json -> StoredJson.read(json, Presentation.class)));
  }

  /// Leaves a size in another codec out of a revision that is being made. The same again does
  /// nothing.
  void leaveOut(AssetId asset, String revision, String representation) {
    jdbi.useTransaction(
        tx ->
            tx.createQuery(
                    "select plan from packaging where asset = :asset and revision = :revision and"
                        + " status = 'PROCESSING'"
                        + forUpdate)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .mapTo(String.class)
                .findOne()
                .map(plan -> StoredJson.read(plan, EncodingPlan.class))
                .filter(plan -> plan.isLast(representation))
                .ifPresent(
                    plan ->
                        tx.execute(
                            "update packaging set plan = ? where asset = ?",
                            StoredJson.write(plan.without(representation)),
                            asset.value())));
  }

  /// Makes a presentation the one that plays.
  void publish(AssetId asset, String revision, Presentation presentation) {
    jdbi.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    update packaging set presentation = :presentation, renditions = :renditions,
                      updated_at = :now
                    where asset = :asset and revision = :revision and status = 'PROCESSING'
                    """)
                .bind("presentation", StoredJson.write(presentation))
                .bind("renditions", Renditions.json(presentation))
                .bind("now", clock.millis())
                .bind("asset", asset.value())
                .bind("revision", revision)
                .execute());
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

  /// The revision that is being encoded; empty when nothing is (any more).
  Optional<String> underWay(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select revision from packaging
                    where asset = :asset and status = 'PROCESSING' and plan is not null
                    """)
                .bind("asset", asset.value())
                .mapTo(String.class)
                .findOne());
  }

  /// Those of some assets that can be played, or never will.
  List<AssetId> decided(Collection<AssetId> some) {
    return without(some, "not playable and status in ('PENDING', 'PROCESSING')");
  }

  /// Those of some assets on which nobody works any more.
  List<AssetId> ended(Collection<AssetId> some) {
    return without(some, "status in ('PENDING', 'PROCESSING')");
  }

  private List<AssetId> without(Collection<AssetId> some, String condition) {
    Set<AssetId> left = new LinkedHashSet<>(some);
    if (!some.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery(
                      "select asset from packaging where asset in (<some>) and " + condition)
                  .bindList("some", some.stream().map(AssetId::value).toList())
                  .map((row, _) -> new AssetId(row.getString("asset")))
                  .forEach(left::remove));
    }
    return List.copyOf(left);
  }

  /// Those that wait to be planned, or to go on by a plan that was kept.
  List<AssetId> unplanned(Handle tx) {
    return tx.createQuery(
            """
            select asset from packaging
            where status = 'PENDING' or (status = 'PROCESSING' and plan is null)
            """)
        .map((row, _) -> new AssetId(row.getString("asset")))
        .list();
  }

  /// Forgets an asset. From here on no attempt begins.

  void drop(Handle tx, AssetId asset) {
    tx.execute("delete from packaging where asset = ?", asset.value());
    ShownStore.drop(tx, asset);
    AttemptStore.closeAll(tx, asset);
    DemandStore.drop(tx, asset);
    SweepStore.drop(tx, asset);
    JobStore.drop(tx, asset);
  }

  void inTransaction(Consumer<Handle> work) {
    jdbi.useTransaction(work::accept);
  }
}
