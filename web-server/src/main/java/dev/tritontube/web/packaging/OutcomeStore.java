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
import dev.tritontube.web.jobs.JobWork.Answer;
import dev.tritontube.web.jobs.RetryPolicy;
import dev.tritontube.web.packaging.AssetMedia.Failure;
import dev.tritontube.web.packaging.AssetMedia.Status;
import dev.tritontube.web.packaging.PackagingStore.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// How the work on assets ends, and is taken up again. Thread-safe.
final class OutcomeStore {
  private static final Failure CANCELLED =
      new Failure("cancelled", "its preparation was cancelled");
  private static final Failure TOO_OFTEN =
      new Failure("internal_error", "the work failed too many times");

  private final Jdbi jdbi;
  private final String forUpdate;
  private final TellingStore telling;
  private final Duration grace;
  private final InstantSource clock;

  /// @param grace for how long what was replaced is kept, for those who play it
  OutcomeStore(Database database, TellingStore telling, Duration grace, InstantSource clock) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
    this.telling = telling;
    this.grace = grace;
    this.clock = clock;
  }

  /// Ends the work on an asset that is not worth trying again. What was made is to be deleted.
  ///
  /// @param work as it was when it was begun: what another job has begun since is left alone
  void fail(Work work, Failure failure) {
    jdbi.useTransaction(
        tx -> {
          if (Objects.equals(job(tx, work.asset()), work.aim().job())) {
            failed(tx, work.asset(), failure);
          }
        });
  }

  /// The job whose work is on record; null of what is older than jobs, and of what is gone.
  private @Nullable String job(Handle tx, AssetId asset) {
    return tx.createQuery("select job from packaging where asset = :asset" + forUpdate)
        .bind("asset", asset.value())
        .map((row, _) -> Optional.ofNullable(row.getString("job")))
        .findOne()
        .flatMap(job -> job)
        .orElse(null);
  }

  /// Keeps the order in which all transactions take rows: the asset's work, then its job. The other
  /// way round two of them could wait for each other.
  private void lock(Handle tx, AssetId asset) {
    tx.createQuery("select asset from packaging where asset = :asset" + forUpdate)
        .bind("asset", asset.value())
        .mapTo(String.class)
        .findOne();
  }

  private boolean failed(Handle tx, AssetId asset, Failure failure) {
    boolean failed = fail(tx, asset, failure, State.DEAD);
    if (failed) {
      giveUp(tx, asset);
    }
    return failed;
  }

  /// Ends the work on an asset because somebody wants that. What was made is to be deleted.
  ///
  /// @return false when it had ended
  boolean cancel(Handle tx, Job job) {
    String current = job(tx, job.asset());
    boolean cancelled =
        (current == null || current.equals(job.id().value()))
            && fail(tx, job.asset(), CANCELLED, State.CANCELLED);
    if (cancelled) {
      giveUp(tx, job.asset());
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
          lock(tx, asset);
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

  /// Gives up what was made of an asset and does not play. What played before goes on.
  void giveUp(Handle tx, AssetId asset) {
    if (!isUndone(tx, asset)) {
      return;
    }
    tx.createQuery("select revision from packaging where asset = :asset and revision is not null")
        .bind("asset", asset.value())
        .mapTo(String.class)
        .findOne()
        .ifPresent(revision -> SweepStore.add(tx, asset, revision, clock.instant()));
    if (ShownStore.has(tx, asset)) {
      ShownStore.restore(tx, asset);
    } else {
      tx.execute(
          "update packaging set revision = null, plan = null, presentation = null, renditions ="
              + " null where asset = ?",
          asset.value());
    }
  }

  /// Gives up what is kept of a job for a retry.
  void discard(Handle tx, Job job) {
    if (isOf(tx, job)) {
      giveUp(tx, job.asset());
    }
  }

  private static boolean isOf(Handle tx, Job job) {
    return tx.createQuery("select 1 from packaging where asset = :asset and job = :job")
        .bind("asset", job.asset().value())
        .bind("job", job.id().value())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// Whether the work on an asset failed, and has made nothing that plays.
  private static boolean isUndone(Handle tx, AssetId asset) {
    return tx.createQuery(
            "select 1 from packaging where asset = :asset and status = 'FAILED' and not playable")
        .bind("asset", asset.value())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// Says that something worked: what failed before counts no more.
  void recovered(AssetId asset) {
    if (jdbi.withHandle(handle -> JobStore.troubled(handle, asset))) {
      jdbi.useTransaction(
          tx -> {
            lock(tx, asset);
            JobStore.recovered(tx, asset, clock.instant());
            telling.over(tx, asset);
          });
    }
  }

  /// Ends the work on an asset: all of it is there. It takes the place of what played meanwhile,
  /// unless that was better.
  ///
  /// @param failure what is missing from it all the same; it plays then, but is FAILED
  /// @param notes what is not as it might be, though it is whole
  /// @return false when somebody else was first
  boolean complete(
      AssetId asset,
      String revision,
      Presentation presentation,
      Optional<Failure> failure,
      List<AssetMedia.Reason> notes) {
    return jdbi.inTransaction(
        tx -> {
          if (failure.isPresent() && isWorse(tx, asset, revision)) {
            return failed(tx, asset, failure.get());
          }
          boolean completed =
              tx.createUpdate(
                          """
                          update packaging set presentation = :presentation,
                            renditions = :renditions, status = :status, stage = :stage,
                            percent = 100, eta_seconds = null, error_code = :code,
                            error_detail = :detail, updated_at = :now
                          where asset = :asset and revision = :revision and status = 'PROCESSING'
                          """)
                      .bind("presentation", StoredJson.write(presentation))
                      .bind("renditions", Renditions.json(presentation, notes))
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
            Reason reason = failure.map(OutcomeStore::reason).orElse(null);
            JobStore.ended(tx, asset, end, reason, clock.instant());
            ShownStore.retire(tx, asset, clock.instant().plus(grace));
            telling.turn(tx, failure.isPresent() ? EventType.FAILED : EventType.COMPLETED, asset);
          }
          return completed;
        });
  }

  /// Whether a revision that is being encoded lacks something that what plays has.
  private static boolean isWorse(Handle tx, AssetId asset, String revision) {
    return ShownStore.isComplete(tx, asset)
        && tx.createQuery(
                "select status from packaging where asset = :asset and revision = :revision")
            .bind("asset", asset.value())
            .bind("revision", revision)
            .mapTo(String.class)
            .findOne()
            .filter(Status.PROCESSING.name()::equals)
            .isPresent();
  }

  /// Takes up the work on an asset that failed, with what is left of it.
  ///
  /// @return false when it has not failed, plays all the same, or is another job's
  boolean revive(Handle tx, Job job) {
    boolean revived =
        tx.createUpdate(
                    """
                    update packaging set status = 'PENDING', stage = 'waiting',
                      percent = case when plan is null then 0 else percent end,
                      error_code = null, error_detail = null, enqueued_at = :now, updated_at = :now
                    where asset = :asset and status = 'FAILED' and not playable
                      and (job = :job or job is null)
                    """)
                .bind("asset", job.asset().value())
                .bind("job", job.id().value())
                .bind("now", clock.millis())
                .execute()
            == 1;
    if (revived) {
      JobStore.revive(tx, job.id(), clock.instant());
      telling.turn(tx, EventType.PROGRESS, job.asset());
    }
    return revived;
  }

  /// Begins to encode an asset again, while what there is of it plays on.
  ///
  /// @param profile its name
  Answer again(Handle tx, AssetId asset, JobId job, String profile) {
    Optional<Standing> standing = standing(tx, asset);
    if (ShownStore.has(tx, asset)) {
      giveUp(tx, asset); // What is kept of another try, if it failed.
      standing = standing(tx, asset);
    }
    if (standing.isEmpty() || !standing.get().playable()) {
      return standing.filter(Standing::underWay).isPresent() ? Answer.BUSY : Answer.NOTHING_PLAYS;
    }
    if (standing.get().underWay()) {
      return Answer.BUSY;
    }
    ShownStore.keep(tx, asset);
    tx.createUpdate(
            """
            update packaging set status = 'PENDING', stage = 'waiting', percent = 0,
              eta_seconds = null, error_code = null, error_detail = null, playable = false,
              revision = null, plan = null, presentation = null, renditions = null,
              profile = :profile, job = :job,
              enqueued_at = :now, updated_at = :now
            where asset = :asset
            """)
        .bind("asset", asset.value())
        .bind("profile", profile)
        .bind("job", job.value())
        .bind("now", clock.millis())
        .execute();
    return Answer.TAKEN;
  }

  private record Standing(Status status, boolean playable) {
    boolean underWay() {
      return status == Status.PENDING || status == Status.PROCESSING;
    }
  }

  private Optional<Standing> standing(Handle tx, AssetId asset) {
    return tx.createQuery("select status, playable from packaging where asset = :asset" + forUpdate)
        .bind("asset", asset.value())
        .map(
            (row, _) ->
                new Standing(Status.valueOf(row.getString("status")), row.getBoolean("playable")))
        .findOne();
  }
}
