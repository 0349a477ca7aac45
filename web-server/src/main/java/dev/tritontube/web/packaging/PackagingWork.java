package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.jobs.Job;
import dev.tritontube.web.jobs.JobProgress;
import dev.tritontube.web.jobs.JobStore;
import dev.tritontube.web.jobs.JobWork;
import dev.tritontube.web.jobs.ProfileDocument;
import dev.tritontube.web.jobs.TaskName;
import dev.tritontube.web.jobs.TaskStore;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Steers packaging for administrators. Thread-safe.
final class PackagingWork implements JobWork {
  private final OutcomeStore outcomes;
  private final ProgressStore progress;
  private final TaskStore tasks;
  private final RunningWork running;
  private final Profiles profiles;
  private final InstantSource clock;

  /// The catalog.
  record Records(OutcomeStore outcomes, ProgressStore progress, TaskStore tasks) {}

  PackagingWork(Records records, RunningWork running, Profiles profiles, InstantSource clock) {
    this.outcomes = records.outcomes();
    this.progress = records.progress();
    this.tasks = records.tasks();
    this.running = running;
    this.profiles = profiles;
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
    Answer answer = outcomes.again(tx, job.asset(), job.id(), job.profile());
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
    Answer answer = outcomes.again(tx, asset, id, profile);
    if (answer == Answer.TAKEN) {
      JobStore.add(tx, new JobStore.Added(Job.Kind.ENCODE, asset, profile), id, clock.instant());
      tasks.add(tx, PackagingTasks.PLAN_AGAIN, asset.value());
    }
    return answer;
  }

  @Override
  public List<ProfileDocument> profiles() {
    return profiles.all().stream().map(PackagingWork::document).toList();
  }

  private static ProfileDocument document(Profile profile) {
    Map<String, ProfileDocument.Coding> codecs = new LinkedHashMap<>();
    profile
        .codecs()
        .forEach(
            (codec, tuning) ->
                codecs.put(
                    codec.word(), new ProfileDocument.Coding(tuning.crf(), tuning.preset())));
    return new ProfileDocument(
        profile.name(),
        profile.description(),
        profile.sizes(),
        profile.fullHdBitsPerSecond(),
        codecs,
        profile.soundBitsPerSecond(),
        profile.copies(),
        profile.byContent(),
        profile.forUploads());
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
