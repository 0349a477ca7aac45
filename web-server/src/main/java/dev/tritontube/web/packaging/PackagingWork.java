package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.jobs.Job;
import dev.tritontube.web.jobs.JobProgress;
import dev.tritontube.web.jobs.JobWork;
import dev.tritontube.web.jobs.TaskStore;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Steers packaging for administrators. Thread-safe.
final class PackagingWork implements JobWork {
  private final PackagingStore assets;
  private final ProgressStore progress;
  private final TaskStore tasks;
  private final RunningWork running;

  PackagingWork(
      PackagingStore assets, ProgressStore progress, TaskStore tasks, RunningWork running) {
    this.assets = assets;
    this.progress = progress;
    this.tasks = tasks;
    this.running = running;
  }

  @Override
  public boolean cancel(Handle tx, Job job) {
    boolean cancelled = assets.cancel(tx, job.asset());
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
  public boolean retry(Handle tx, Job job) {
    boolean revived = assets.revive(tx, job);
    if (revived) {
      tasks.add(tx, PackagingTasks.PLAN, job.asset().value());
    }
    return revived;
  }

  @Override
  public void discard(Handle tx, Job job) {
    assets.giveUp(tx, job.asset());
  }

  @Override
  public Map<AssetId, JobProgress> progress(Collection<AssetId> some) {
    return progress.of(some);
  }
}
