package dev.tritontube.web.jobs;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.catalog.TitleStore;
import dev.tritontube.web.catalog.TitleStore.Titled;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.http.ListCursor;
import dev.tritontube.web.jobs.Job.State;
import dev.tritontube.web.jobs.JobListStore.Cursor;
import dev.tritontube.web.jobs.JobWork.Answer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// What administrators do with jobs, whichever way they ask. Thread-safe.
public final class Jobs {
  /// The longest part of a list.
  public static final int MAX_PAGE = 100;

  private final Jdbi jdbi;
  private final JobListStore list;
  private final TitleStore titles;
  private final VideoStore videos;
  private final JobWork work;
  private final RandomGenerator random = new SecureRandom();

  public Jobs(Database database, JobWork work) {
    this.jdbi = database.jdbi();
    this.list = new JobListStore(database);
    this.titles = new TitleStore(database);
    this.videos = new VideoStore(database);
    this.work = work;
  }

  /// Part of the list of jobs.
  ///
  /// @param next where the rest begins; null when there is none
  public record Page(List<JobView> jobs, @Nullable String next) {}

  /// Jobs from the newest to the oldest.
  ///
  /// @param state only those in it; empty: all
  /// @param cursor a `next` of the page before; empty: from the start
  /// @throws IllegalArgumentException when the cursor is of another list, or none
  public Page list(Optional<State> state, Optional<String> cursor, int limit) {
    String name = "jobs " + state.map(State::name).orElse("");
    List<Job> page = list.list(state, cursor.map(text -> place(text, name)), limit + 1);
    List<Job> shown = page.subList(0, Math.min(limit, page.size()));
    String next = page.size() > limit ? after(shown.getLast(), name) : null;
    return new Page(views(shown), next);
  }

  private static String after(Job job, String list) {
    return ListCursor.after(list, job.times().created(), job.id().value());
  }

  private static Cursor place(String cursor, String list) {
    ListCursor.Made place = ListCursor.made(cursor, list);
    return new Cursor(place.at(), new JobId(place.id()));
  }

  public JobView find(String id) throws JobException {
    return view(job(id));
  }

  /// Stops a job that waits or runs, here at once and in other processes within seconds. What was
  /// made by it is deleted.
  ///
  /// @throws JobException `unknown_job`, `job_ended`
  public JobView cancel(String id) throws JobException {
    Job job = job(id);
    if (job.state().ended() || !jdbi.inTransaction(tx -> work.cancel(tx, job))) {
      throw JobException.refused("job_ended", "job " + id + " is " + job(id).state());
    }
    work.stop(job.asset());
    return find(id);
  }

  /// Brings a job back that is dead or cancelled. It begins with its attempts counted anew.
  ///
  /// One that has made all it could, of a file that is broken, is made again, while what there is
  /// plays on.
  ///
  /// @throws JobException `unknown_job`, `job_active`, `job_done`, `not_playable`
  public JobView retry(String id) throws JobException {
    Job job = job(id);
    switch (job.state()) {
      case WAITING, RUNNING, RETRYING -> throw active(job);
      case DONE -> throw JobException.refused("job_done", "job " + id + " is done");
      case DEAD, CANCELLED -> {}
    }
    granted(retried(job, true).orElseThrow(() -> JobException.unknown(id)), job.asset());
    return find(id);
  }

  /// Empty when somebody was quicker, and took it off the list or brought it back.
  private Optional<Answer> retried(Job job, boolean anew) {
    try {
      return Optional.of(jdbi.inTransaction(tx -> work.retry(tx, job, anew)));
    } catch (NoSuchElementException _) {
      return Optional.empty();
    }
  }

  /// @throws JobException `job_active`, `not_playable`
  private static void granted(Answer answer, AssetId asset) throws JobException {
    switch (answer) {
      case TAKEN -> {}
      case BUSY ->
          throw JobException.refused(
              "job_active", "another job of asset " + asset + " has not ended");
      case WHOLE -> throw new IllegalStateException("refused to begin asset " + asset + " anew");
      case NOTHING_PLAYS ->
          throw JobException.refused(
              "not_playable", "nothing plays of asset " + asset + ": retry its first job");
    }
  }

  /// The ways to encode.
  public List<ProfileDocument> profiles() {
    return work.profiles();
  }

  /// Encodes what a video plays again, by another profile: for all videos of the same bytes. What
  /// plays goes on until the new encoding is whole, and takes its place.
  ///
  /// @param profile the name of one of `profiles`
  /// @throws JobException `unknown_video`, `bad_field`, `job_active`, `not_playable`
  public JobView encode(String video, String profile) throws JobException {
    List<String> names = profiles().stream().map(ProfileDocument::name).toList();
    if (!names.contains(profile)) {
      throw JobException.wrong("'profile' is one of " + String.join(", ", names));
    }
    AssetId asset =
        VideoId.parse(video)
            .flatMap(videos::find)
            .map(Video::asset)
            .orElseThrow(() -> JobException.unknownVideo(video));
    JobId id = JobId.random(random);
    granted(jdbi.inTransaction(tx -> work.encode(tx, asset, id, profile)), asset);
    return find(id.value());
  }

  /// Brings back all jobs that are dead and of which more can be made.
  ///
  /// @return those that were brought back
  public List<JobId> retryAllDead() {
    List<JobId> retried = new ArrayList<>();
    for (Job job : dead()) {
      if (retried(job, false).filter(Answer.TAKEN::equals).isPresent()) {
        retried.add(job.id());
      }
    }
    return retried;
  }

  /// Takes a job that has ended off the list, with what was kept for a retry. Its video stays as it
  /// is.
  ///
  /// @throws JobException `unknown_job`, `job_active`
  public void discard(String id) throws JobException {
    Job job = job(id);
    if (!discarded(job)) {
      throw active(job(id));
    }
  }

  /// @return those that were taken off the list
  public List<JobId> discardAllDead() {
    return dead().stream().filter(this::discarded).map(Job::id).toList();
  }

  public JobCounts counts() {
    return list.counts();
  }

  private boolean discarded(Job job) {
    return jdbi.inTransaction(
        tx -> {
          boolean discarded = JobStore.discard(tx, job.id());
          if (discarded && job.state() == State.DEAD) {
            work.discard(tx, job);
          }
          return discarded;
        });
  }

  private static JobException active(Job job) {
    return JobException.refused(
        "job_active", "job " + job.id() + " is " + job.state() + ": cancel it first");
  }

  private List<Job> dead() {
    List<Job> dead = new ArrayList<>();
    List<Job> page = list.list(Optional.of(State.DEAD), Optional.empty(), MAX_PAGE);
    while (!page.isEmpty()) {
      dead.addAll(page);
      page =
          list.list(Optional.of(State.DEAD), Optional.of(Cursor.after(dead.getLast())), MAX_PAGE);
    }
    return dead;
  }

  private Job job(String id) throws JobException {
    return JobId.parse(id).flatMap(list::find).orElseThrow(() -> JobException.unknown(id));
  }

  private JobView view(Job job) {
    return views(List.of(job)).getFirst();
  }

  private List<JobView> views(List<Job> jobs) {
    List<AssetId> assets = jobs.stream().map(Job::asset).distinct().toList();
    Map<AssetId, List<Titled>> videos = titles.of(assets);
    Map<AssetId, JobProgress> progress = work.progress(assets);
    return jobs.stream()
        .map(
            job ->
                new JobView(
                    job,
                    videos.getOrDefault(job.asset(), List.of()),
                    job.state().ended() ? null : progress.get(job.asset())))
        .toList();
  }
}
