package dev.tritontube.web.jobs;

import dev.tritontube.web.catalog.TitleStore.Titled;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job in the API's JSON.
record JobDocument(
    String id,
    String kind,
    String asset,
    String profile,
    List<Video> videos,
    String state,
    int attempts,
    Job.@Nullable Reason reason,
    @Nullable Mishap lastError,
    @Nullable JobProgress progress,
    String createdAt,
    @Nullable String startedAt,
    @Nullable String nextAttemptAt,
    @Nullable String endedAt,
    String updatedAt) {

  record Video(String id, String title) {
    static Video of(Titled video) {
      return new Video(video.id().value(), video.title());
    }
  }

  record Mishap(String detail, String at) {}

  static JobDocument of(JobView view) {
    Job job = view.job();
    Job.Mishap error = job.lastError();
    return new JobDocument(
        job.id().value(),
        job.kind().word(),
        job.asset().value(),
        job.profile(),
        view.videos().stream().map(Video::of).toList(),
        job.state().name(),
        job.attempts(),
        job.reason(),
        error == null ? null : new Mishap(error.detail(), error.at().toString()),
        view.progress(),
        job.times().created().toString(),
        text(job.times().started()),
        text(job.times().next()),
        text(job.times().ended()),
        job.times().updated().toString());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
