package dev.tritontube.web.jobs;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.jobs.Job.Reason;
import dev.tritontube.web.jobs.Job.State;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Work of which nothing is done, that lets itself be steered.
public final class FakeJobWork implements JobWork {
  static final JobProgress FAR =
      new JobProgress(
          "encoding",
          40,
          12,
          List.of(new JobProgress.Run("worker", List.of("240p", "480p"), 3, 9, false)));

  final Set<AssetId> stopped = new HashSet<>();
  final Set<AssetId> discarded = new HashSet<>();

  /// Of what nothing more can be made.
  final Set<AssetId> whole = new HashSet<>();

  @Override
  public boolean cancel(Handle tx, Job job) {
    Reason reason = new Reason("cancelled", "somebody wanted that");
    JobStore.ended(tx, job.asset(), State.CANCELLED, reason, Instant.EPOCH);
    return true;
  }

  @Override
  public void stop(AssetId asset) {
    stopped.add(asset);
  }

  @Override
  public Answer retry(Handle tx, Job job, boolean anew) {
    if (!anew && whole.contains(job.asset())) {
      return Answer.WHOLE;
    }
    if (isActive(tx, job.asset())) {
      return Answer.BUSY;
    }
    JobStore.revive(tx, job.id(), Instant.EPOCH);
    return Answer.TAKEN;
  }

  @Override
  public Answer encode(Handle tx, AssetId asset, JobId id, String profile) {
    if (whole.contains(asset)) {
      return Answer.NOTHING_PLAYS;
    }
    if (isActive(tx, asset)) {
      return Answer.BUSY;
    }
    JobStore.Added job = new JobStore.Added(Job.Kind.ENCODE, asset, profile);
    JobStore.add(tx, job, id, Instant.EPOCH);
    return Answer.TAKEN;
  }

  private static boolean isActive(Handle tx, AssetId asset) {
    return tx.createQuery(
            "select count(*) from jobs where asset = :asset"
                + " and state in ('WAITING', 'RUNNING', 'RETRYING')")
        .bind("asset", asset.value())
        .mapTo(Integer.class)
        .map(count -> count > 0)
        .one();
  }

  @Override
  public List<ProfileDocument> profiles() {
    return List.of(profile("standard", 1080), profile("small", 480));
  }

  private static ProfileDocument profile(String name, int size) {
    return new ProfileDocument(
        name,
        "",
        List.of(size),
        5_000_000,
        Map.of("h264", new ProfileDocument.Coding(23, "veryfast")),
        128_000,
        true,
        true,
        true);
  }

  @Override
  public void discard(Handle tx, Job job) {
    discarded.add(job.asset());
  }

  @Override
  public Map<AssetId, JobProgress> progress(Collection<AssetId> assets) {
    return assets.stream().collect(Collectors.toMap(asset -> asset, _ -> FAR));
  }
}
