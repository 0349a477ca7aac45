package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.jobs.Job;
import dev.tritontube.web.jobs.JobProgress;
import dev.tritontube.web.jobs.JobStore;
import dev.tritontube.web.jobs.JobWork;
import dev.tritontube.web.jobs.TaskName;
import dev.tritontube.web.jobs.TaskStore;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Steers packaging for administrators. Thread-safe.
final class PackagingWork implements JobWork {
  private final OutcomeStore outcomes;
  private final ProgressStore progress;
  private final TaskStore tasks;
  private final RunningWork running;
  private final InstantSource clock;

  PackagingWork(
      OutcomeStore outcomes,
      ProgressStore progress,
      TaskStore tasks,
      RunningWork running,
      InstantSource clock) {
    this.outcomes = outcomes;
    this.progress = progress;
    this.tasks = tasks;
    this.running = running;
    this.clock = clock;
  }

  @Override
  public boolean cancel(Handle tx, Job job) {
    boolean cancelled = outcomes.cancel(tx, job);
    if (cancelled) {
      tasks.cancel(tx, PackagingTasks.PLAN, job.asset().value());
    }
    return cancelled;
  }

  @Override
  public void stop(AssetId asset) {
    running.cancel(asset);
  }

  @Override
  public Answer retry(Handle tx, Job job, boolean anew) {
    if (outcomes.revive(tx, job)) {
      tasks.add(tx, task(job.kind()), job.asset().value());
      return Answer.TAKEN;
    }
    if (!anew) {
      return Answer.WHOLE;
    }
    Profile profile = Profile.parse(job.profile()).orElse(Profile.STANDARD);
    Answer answer = outcomes.again(tx, job.asset(), job.id(), profile);
    if (answer == Answer.TAKEN) {
      JobStore.revive(tx, job.id(), clock.instant());
      tasks.add(tx, PackagingTasks.PLAN_AGAIN, job.asset().value());
    }
    return answer;
  }

  private static TaskName task(Job.Kind kind) {
    return switch (kind) {
      case PACKAGE -> PackagingTasks.PLAN;
      case ENCODE -> PackagingTasks.PLAN_AGAIN;
    };
  }

  @Override
  public Answer encode(Handle tx, AssetId asset, JobId id, String profile) {
    Answer answer = outcomes.again(tx, asset, id, Profile.parse(profile).orElseThrow());
    if (answer == Answer.TAKEN) {
      JobStore.add(tx, new JobStore.Added(Job.Kind.ENCODE, asset, profile), id, clock.instant());
      tasks.add(tx, PackagingTasks.PLAN_AGAIN, asset.value());
    }
    return answer;
  }

  @Override
  public List<String> profiles() {
    return Profile.words();
  }

  @Override
  public void discard(Handle tx, Job job) {
    outcomes.discard(tx, job);
  }

  @Override
  public Map<AssetId, JobProgress> progress(Collection<AssetId> some) {
    return progress.of(some);
  }
}
