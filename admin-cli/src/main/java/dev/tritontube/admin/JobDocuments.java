package dev.tritontube.admin;

import com.google.protobuf.Timestamp;
import dev.tritontube.proto.admin.v1.Job;
import dev.tritontube.proto.admin.v1.JobProgress;
import dev.tritontube.proto.admin.v1.JobRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The JSON documents of jobs, the same as over REST.
final class JobDocuments {
  private JobDocuments() {}

  static Map<String, Object> jobs(List<Job> jobs) {
    return Documents.object("jobs", jobs.stream().map(JobDocuments::job).toList());
  }

  static Map<String, Object> ids(String name, List<String> ids) {
    return Documents.object(name, List.copyOf(ids));
  }

  static Map<String, Object> job(Job job) {
    return Documents.object(
        "id", job.getId(),
        "kind", job.getKind(),
        "asset", job.getAsset(),
        "profile", job.getProfile(),
        "videos",
            job.getVideosList().stream()
                .map(video -> Documents.object("id", video.getId(), "title", video.getTitle()))
                .toList(),
        "state", job.getState(),
        "attempts", job.getAttempts(),
        "reason", job.hasReason() ? reason(job) : null,
        "lastError", job.hasLastError() ? lastError(job) : null,
        "progress", job.hasProgress() ? progress(job.getProgress()) : null,
        "createdAt", time(job.getCreatedAt()),
        "startedAt", job.hasStartedAt() ? time(job.getStartedAt()) : null,
        "nextAttemptAt", job.hasNextAttemptAt() ? time(job.getNextAttemptAt()) : null,
        "endedAt", job.hasEndedAt() ? time(job.getEndedAt()) : null,
        "updatedAt", time(job.getUpdatedAt()));
  }

  private static Map<String, Object> reason(Job job) {
    return Documents.object(
        "code", job.getReason().getCode(), "detail", job.getReason().getDetail());
  }

  private static Map<String, Object> lastError(Job job) {
    return Documents.object(
        "detail", job.getLastError().getDetail(), "at", time(job.getLastError().getAt()));
  }

  private static Map<String, Object> progress(JobProgress progress) {
    return Documents.object(
        "stage", progress.getStage(),
        "percent", progress.getPercent(),
        "etaSeconds", progress.hasEtaSeconds() ? progress.getEtaSeconds() : null,
        "runs", progress.getRunsList().stream().map(JobDocuments::run).toList());
  }

  private static Map<String, Object> run(JobRun run) {
    return Documents.object(
        "worker", run.getWorker(),
        "representations", List.copyOf(run.getRepresentationsList()),
        "first", run.getFirst(),
        "end", run.getEnd(),
        "urgent", run.getUrgent());
  }

  static String time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
  }
}
