package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.EventType;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.jobs.Job;
import dev.tritontube.web.jobs.Job.Reason;
import dev.tritontube.web.jobs.Job.State;
import dev.tritontube.web.jobs.JobStore;
import dev.tritontube.web.jobs.RetryPolicy;
import dev.tritontube.web.packaging.AssetMedia.Failure;
import dev.tritontube.web.packaging.AssetMedia.Status;
import dev.tritontube.web.packaging.DemandStore.Demand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// How far the work on each asset is, and what is planned for it. What happens to the work happens
/// to its job in the same transaction. Thread-safe.
final class PackagingStore {
  /// Assets that are looked at together.
  private static final int AT_ONCE = 50;

  /// The code of what was cancelled.
  static final String CANCELLED = "cancelled";

  private static final Failure TOO_OFTEN =
      new Failure("internal_error", "the work failed too many times");

  private final Jdbi jdbi;
  private final TellingStore telling;
  private final InstantSource clock;

  PackagingStore(Database database, TellingStore telling, InstantSource clock) {
    this.jdbi = database.jdbi();
    this.telling = telling;
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
    Work planned(String newRevision, EncodingPlan newPlan) {
      return new Work(asset, Status.PROCESSING, true, newRevision, newPlan);
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

  /// Adds an asset that is to be packaged, or revives one that failed for no fault of its own.
  ///
  /// @param job of one that had none
  /// @return whether there is something to do
  boolean add(Handle tx, AssetId asset, JobId job) {
    String sql =
        """
        insert into packaging (asset, status, stage, percent, playable, enqueued_at, updated_at)
        values (:asset, 'PENDING', 'waiting', 0, false, :now, :now)
        on conflict (asset) do update set status = 'PENDING', stage = 'waiting',
          percent = case when packaging.plan is null then 0 else packaging.percent end,
          error_code = null, error_detail = null, enqueued_at = excluded.enqueued_at,
          updated_at = excluded.updated_at
        where packaging.status = 'FAILED'
          and packaging.error_code in ('internal_error', 'cancelled')
        """;
    boolean added =
        tx.createUpdate(sql).bind("asset", asset.value()).bind("now", clock.millis()).execute()
            == 1;
    if (added) {
      JobStore.add(tx, Job.Kind.PACKAGE, asset, job, clock.instant());
      telling.turn(tx, EventType.PROGRESS, asset);
    }
    return added;
  }

  /// Takes up the work on an asset that failed, with what is left of it.
  ///
  /// @return false when it has not failed, or plays all the same
  boolean revive(Handle tx, Job job) {
    boolean revived =
        tx.createUpdate(
                    """
                    update packaging set status = 'PENDING', stage = 'waiting',
                      percent = case when plan is null then 0 else percent end,
                      error_code = null, error_detail = null, enqueued_at = :now, updated_at = :now
                    where asset = :asset and status = 'FAILED' and not playable
                    """)
                .bind("asset", job.asset().value())
                .bind("now", clock.millis())
                .execute()
            == 1;
    if (revived) {
      JobStore.revive(tx, job.id(), clock.instant());
      telling.turn(tx, EventType.PROGRESS, job.asset());
    }
    return revived;
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
        plan == null ? null : StoredJson.read(plan, EncodingPlan.class));
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
  /// @return false when the asset is gone, or was planned by somebody else
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
                        presentation = :presentation, playable = true, eta_seconds = :eta,
                        updated_at = :now
                      where asset = :asset and status in ('PENDING', 'PROCESSING') and plan is null
                      """)
                  .bind("revision", planned.requireRevision())
                  .bind("plan", StoredJson.write(planned.requirePlan()))
                  .bind("facts", StoredJson.write(facts))
                  .bind("presentation", StoredJson.write(presentation))
                  .bind("eta", expected.toSeconds() + 1)
                  .bind("now", clock.millis())
                  .bind("asset", planned.asset().value())
                  .execute();
          if (updated == 1) {
            first.forEach(demand -> DemandStore.add(handle, demand));
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
                        where s.asset = p.asset and s.revision = p.revision) as stored
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
                            row.getLong("stored")))
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

  /// Ends the work on an asset that is not worth trying again. What was made is to be deleted.
  void fail(AssetId asset, Failure failure) {
    jdbi.useTransaction(
        tx -> {
          if (fail(tx, asset, failure, State.DEAD)) {
            giveUp(tx, asset);
          }
        });
  }

  /// Ends the work on an asset because somebody wants that. What was made is to be deleted.
  ///
  /// @return false when it had ended
  boolean cancel(Handle tx, AssetId asset) {
    boolean cancelled =
        fail(tx, asset, new Failure(CANCELLED, "its preparation was cancelled"), State.CANCELLED);
    if (cancelled) {
      giveUp(tx, asset);
    }
    return cancelled;
  }

  /// Puts a failure on record that is not the asset's fault. After too many in a row it has failed;
  /// what was made is kept for a retry.
  ///
  /// @return when it is tried again
  Optional<Instant> setBack(AssetId asset, Setback setback, RetryPolicy policy) {
    JobStore.Failed run = new JobStore.Failed(setback.begun(), String.valueOf(setback.cause()));
    return jdbi.inTransaction(
        tx -> {
          Optional<Instant> again = JobStore.failed(tx, asset, run, policy, clock.instant());
          if (again.isPresent()) {
            telling.because(tx, asset, Reasons.retrying(setback.cause(), again.get()));
          } else {
            fail(tx, asset, TOO_OFTEN, State.DEAD);
          }
          return again;
        });
  }

  /// A run that failed, for no fault of the asset.
  record Setback(Instant begun, Throwable cause) {}

  private boolean fail(Handle tx, AssetId asset, Failure failure, State end) {
    boolean failed =
        tx.createUpdate(
                    """
                    update packaging set status = 'FAILED', stage = 'failed', error_code = :code,
                      error_detail = :detail, eta_seconds = null, playable = false, updated_at = :now
                    where asset = :asset and status in ('PENDING', 'PROCESSING')
                    """)
                .bind("asset", asset.value())
                .bind("code", failure.code())
                .bind("detail", failure.detail())
                .bind("now", clock.millis())
                .execute()
            == 1;
    if (failed) {
      AttemptStore.closeAll(tx, asset);
      DemandStore.drop(tx, asset);
      JobStore.ended(tx, asset, end, reason(failure), clock.instant());
      telling.turn(tx, EventType.FAILED, asset);
    }
    return failed;
  }

  private static Reason reason(Failure failure) {
    return new Reason(failure.code(), failure.detail());
  }

  /// Forgets the plan of an asset that has failed and does not play. Its segments are to be
  /// deleted.
  void giveUp(Handle tx, AssetId asset) {
    String failed = " from packaging where asset = :asset and status = 'FAILED' and not playable";
    tx.createQuery("select revision" + failed + " and revision is not null")
        .bind("asset", asset.value())
        .mapTo(String.class)
        .findOne()
        .ifPresent(
            revision -> {
              SweepStore.add(tx, asset, revision, clock.instant());
              tx.createUpdate(
                      """
                      update packaging set revision = null, plan = null, presentation = null
                      where asset = :asset
                      """)
                  .bind("asset", asset.value())
                  .execute();
            });
  }

  /// Says that something worked: what failed before counts no more.
  void recovered(AssetId asset) {
    if (jdbi.withHandle(handle -> JobStore.troubled(handle, asset))) {
      jdbi.useTransaction(
          tx -> {
            JobStore.recovered(tx, asset, clock.instant());
            telling.over(tx, asset);
          });
    }
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
        tx -> {
          boolean completed =
              tx.createUpdate(
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
                      .execute()
                  == 1;
          if (completed) {
            State end = failure.isPresent() ? State.DEAD : State.DONE;
            Reason reason = failure.map(PackagingStore::reason).orElse(null);
            JobStore.ended(tx, asset, end, reason, clock.instant());
            telling.turn(tx, failure.isPresent() ? EventType.FAILED : EventType.COMPLETED, asset);
          }
          return completed;
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

  /// Forgets an asset. From here on no attempt begins.
  void drop(Handle tx, AssetId asset) {
    tx.execute("delete from packaging where asset = ?", asset.value());
    AttemptStore.closeAll(tx, asset);
    DemandStore.drop(tx, asset);
    SweepStore.drop(tx, asset);
    JobStore.drop(tx, asset);
  }

  void inTransaction(Consumer<Handle> work) {
    jdbi.useTransaction(work::accept);
  }
}
