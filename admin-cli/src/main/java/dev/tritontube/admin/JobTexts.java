package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.Job;
import dev.tritontube.proto.admin.v1.JobRun;
import java.util.List;
import java.util.stream.Collectors;

/// Jobs as people read them.
final class JobTexts {
  private static final int LONGEST_TITLE = 40;

  private JobTexts() {}

  static String jobs(List<Job> jobs) {
    Table table =
        new Table("ID", "KIND", "PROFILE", "STATE", "ATTEMPTS", "ADDED", "VIDEO", "REMARK");
    jobs.forEach(
        job ->
            table.row(
                job.getId(),
                job.getKind(),
                job.getProfile(),
                job.getState(),
                job.getAttempts(),
                JobDocuments.time(job.getCreatedAt()),
                title(job),
                remark(job)));
    return table.toString();
  }

  private static String title(Job job) {
    if (job.getVideosCount() == 0) {
      return "-";
    }
    String shown = shortened(printable(job.getVideos(0).getTitle()));
    return job.getVideosCount() == 1
        ? shown
        : shown + " and " + (job.getVideosCount() - 1) + " more";
  }

  static String shortened(String title) {
    return title.codePointCount(0, title.length()) <= LONGEST_TITLE
        ? title
        : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE - 1)) + "…";
  }

  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static String remark(Job job) {
    return switch (job.getState()) {
      case "RUNNING" -> job.getProgress().getStage() + ", " + job.getProgress().getPercent() + " %";
      case "RETRYING" -> "again at " + JobDocuments.time(job.getNextAttemptAt());
      case "DEAD", "CANCELLED" -> job.getReason().getCode();
      default -> "";
    };
  }

  static String job(Job job) {
    StringBuilder text = new StringBuilder();
    line(text, "id", job.getId());
    line(text, "kind", job.getKind());
    line(text, "asset", job.getAsset());
    line(text, "profile", job.getProfile());
    job.getVideosList()
        .forEach(video -> line(text, "video", video.getId() + "  " + printable(video.getTitle())));
    line(text, "state", job.getState());
    line(text, "attempts", Integer.toString(job.getAttempts()));
    if (job.hasReason()) {
      line(text, "reason", job.getReason().getCode() + ": " + job.getReason().getDetail());
    }
    if (job.hasLastError()) {
      line(
          text,
          "last error",
          JobDocuments.time(job.getLastError().getAt()) + "  " + job.getLastError().getDetail());
    }
    progress(text, job);
    times(text, job);
    return text.toString().stripTrailing();
  }

  private static void progress(StringBuilder text, Job job) {
    if (job.hasProgress()) {
      line(
          text,
          "progress",
          job.getProgress().getStage() + ", " + job.getProgress().getPercent() + " %");
      job.getProgress().getRunsList().forEach(run -> line(text, "run", run(run)));
    }
  }

  private static String run(JobRun run) {
    return "%s makes %s, segments %d to %d%s"
        .formatted(
            run.getWorker(),
            run.getRepresentationsList().stream().collect(Collectors.joining(", ")),
            run.getFirst(),
            run.getEnd() - 1,
            run.getUrgent() ? ", urgently" : "");
  }

  private static void times(StringBuilder text, Job job) {
    line(text, "added", JobDocuments.time(job.getCreatedAt()));
    if (job.hasStartedAt()) {
      line(text, "started", JobDocuments.time(job.getStartedAt()));
    }
    if (job.hasNextAttemptAt()) {
      line(text, "again at", JobDocuments.time(job.getNextAttemptAt()));
    }
    if (job.hasEndedAt()) {
      line(text, "ended", JobDocuments.time(job.getEndedAt()));
    }
  }

  static void line(StringBuilder text, String name, String value) {
    text.append("%-12s%s%n".formatted(name, value));
  }
}
