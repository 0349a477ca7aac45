package dev.tritontube.web.jobs;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.jobs.Job.Reason;
import dev.tritontube.web.jobs.Job.State;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What happens to jobs, put on record in the transactions of those who do the work. An asset has
/// one job at a time that has not ended; where an asset is named, that one is meant.
public final class JobStore {
  private static final String ACTIVE = "state in ('WAITING', 'RUNNING', 'RETRYING')";
  private static final int LONGEST_TEXT = 1000;

  private JobStore() {}

  /// What a job is to be about.
  ///
  /// @param profile names how the asset is encoded
  public record Added(Job.Kind kind, AssetId asset, String profile) {}

  /// Adds a job, or brings back the one that packaged the asset and ended undone.
  ///
  /// @param id of a new one
  public static void add(Handle tx, Added job, JobId id, Instant now) {
    int revived =
        job.kind() == Job.Kind.PACKAGE
            ? tx.createUpdate(REVIVE + "where asset = :asset and kind = 'package' and " + UNDONE)
                .bind("asset", job.asset().value())
                .bind("now", now.toEpochMilli())
                .execute()
            : 0;
    if (revived == 0) {
      insert(tx, job, id, now);
    }
  }

  private static final String UNDONE = "state in ('DEAD', 'CANCELLED')";

  private static final String REVIVE =
      """
      update jobs set state = 'WAITING', attempts = 0, failures = 0, last_error = null,
        failed_at = null, next_at = null, reason_code = null, reason_detail = null,
        started_at = null, ended_at = null, updated_at = :now
      """;

  private static void insert(Handle tx, Added job, JobId id, Instant now) {
    tx.createUpdate(
            """
            insert into jobs
              (id, kind, asset, profile, state, attempts, failures, created_at, updated_at)
            values (:id, :kind, :asset, :profile, 'WAITING', 0, 0, :now, :now)
            """)
        .bind("id", id.value())
        .bind("kind", job.kind().word())
        .bind("asset", job.asset().value())
        .bind("profile", job.profile())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /// Brings back a job that ended undone, as if it had just been added.
  ///
  /// @throws NoSuchElementException when there is no such job that ended undone (any more): nothing
  ///   else of the transaction may come about
  public static void revive(Handle tx, JobId id, Instant now) {
    int revived =
        tx.createUpdate(REVIVE + "where id = :id and " + UNDONE)
            .bind("id", id.value())
            .bind("now", now.toEpochMilli())
            .execute();
    if (revived != 1) {
      throw new NoSuchElementException("job " + id + " cannot be brought back");
    }
  }

  /// Says that somebody is at it: an attempt begins, unless one is under way.
  public static void began(Handle tx, AssetId asset, Instant now) {
    tx.createUpdate(
            """
            update jobs set state = 'RUNNING', attempts = attempts + 1, next_at = null,
              started_at = coalesce(started_at, :now), updated_at = :now
            where asset = :asset and state in ('WAITING', 'RETRYING')
            """)
        .bind("asset", asset.value())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /// A run that did not end well.
  ///
  /// @param begun when it began: of several that failed together only one counts
  /// @param error for administrators
  public record Failed(Instant begun, String error) {}

  private record Standing(int failures, @Nullable Instant failedAt, @Nullable Instant next) {}

  /// Says that a run failed, and when the next may begin.
  ///
  /// @return empty when it failed too often; the caller then ends it
  public static Optional<Instant> failed(
      Handle tx, AssetId asset, Failed run, RetryPolicy policy, Instant now) {
    Optional<Standing> job = standing(tx, asset);
    if (job.isEmpty() || !counts(job.get(), run)) {
      return Optional.of(job.flatMap(standing -> Optional.ofNullable(standing.next())).orElse(now));
    }
    int failures = job.get().failures() + 1;
    Optional<Duration> pause = policy.pauseAfter(failures);
    tx.createUpdate(
            """
            update jobs set state = :state, failures = :failures, last_error = :error,
              failed_at = :now, next_at = :next, updated_at = :now
            where asset = :asset and\s"""
                + ACTIVE)
        .bind("state", pause.isPresent() ? State.RETRYING.name() : State.RUNNING.name())
        .bind("failures", failures)
        .bind("error", shortened(run.error()))
        .bind("now", now.toEpochMilli())
        .bind("next", pause.map(now::plus).map(Instant::toEpochMilli).orElse(null))
        .bind("asset", asset.value())
        .execute();
    return pause.map(now::plus);
  }

  private static boolean counts(Standing job, Failed run) {
    return job.failedAt() == null || !run.begun().isBefore(job.failedAt());
  }

  private static Optional<Standing> standing(Handle tx, AssetId asset) {
    return tx.createQuery(
            "select failures, failed_at, next_at from jobs where asset = :asset and " + ACTIVE)
        .bind("asset", asset.value())
        .map(
            (row, _) ->
                new Standing(
                    row.getInt("failures"),
                    JobListStore.instant(row, "failed_at"),
                    JobListStore.instant(row, "next_at")))
        .findOne();
  }

  /// Says that a run ended well: failures before it count no more.
  public static void recovered(Handle tx, AssetId asset, Instant now) {
    tx.createUpdate(
            """
            update jobs set failures = 0, updated_at = :now
            where asset = :asset and failures > 0 and\s"""
                + ACTIVE)
        .bind("asset", asset.value())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /// Whether failures of an asset's job count still.
  public static boolean troubled(Handle handle, AssetId asset) {
    return standing(handle, asset).filter(job -> job.failures() > 0).isPresent();
  }

  /// Whether work on an asset may begin now, and need not wait for the next attempt's time.
  public static boolean mayBegin(Handle handle, AssetId asset, Instant now) {
    return standing(handle, asset).map(Standing::next).filter(next -> next.isAfter(now)).isEmpty();
  }

  /// Ends a job.
  ///
  /// @param reason null if it is DONE
  public static void ended(
      Handle tx, AssetId asset, State state, @Nullable Reason reason, Instant now) {
    tx.createUpdate(
            """
            update jobs set state = :state, reason_code = :code, reason_detail = :detail,
              next_at = null, ended_at = :now, updated_at = :now
            where asset = :asset and\s"""
                + ACTIVE)
        .bind("state", state.name())
        .bind("code", reason == null ? null : reason.code())
        .bind("detail", reason == null ? null : shortened(reason.detail()))
        .bind("now", now.toEpochMilli())
        .bind("asset", asset.value())
        .execute();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }

  /// Forgets a job that has ended.
  ///
  /// @return false when there is none
  static boolean discard(Handle tx, JobId id) {
    return tx.createUpdate("delete from jobs where id = :id and not " + ACTIVE)
            .bind("id", id.value())
            .execute()
        == 1;
  }

  /// Forgets all jobs of an asset.
  public static void drop(Handle tx, AssetId asset) {
    tx.execute("delete from jobs where asset = ?", asset.value());
  }
}
