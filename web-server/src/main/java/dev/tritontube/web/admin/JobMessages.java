package dev.tritontube.web.admin;

import com.google.protobuf.Timestamp;
import dev.tritontube.proto.admin.v1.JobIds;
import dev.tritontube.proto.admin.v1.JobMishap;
import dev.tritontube.proto.admin.v1.JobReason;
import dev.tritontube.proto.admin.v1.JobRun;
import dev.tritontube.proto.admin.v1.JobVideo;
import dev.tritontube.proto.admin.v1.ListJobsResponse;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.jobs.Job;
import dev.tritontube.web.jobs.JobProgress;
import dev.tritontube.web.jobs.JobView;
import dev.tritontube.web.jobs.Jobs;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Jobs as messages of `tritontube.admin.v1`.
final class JobMessages {
  private JobMessages() {}

  static ListJobsResponse page(Jobs.Page page) {
    ListJobsResponse.Builder message = ListJobsResponse.newBuilder();
    page.jobs().forEach(job -> message.addJobs(job(job)));
    set(page.next(), message::setNextCursor);
    return message.build();
  }

  static dev.tritontube.proto.admin.v1.Job job(JobView view) {
    Job job = view.job();
    var message =
        dev.tritontube.proto.admin.v1.Job.newBuilder()
            .setId(job.id().value())
            .setKind(job.kind().word())
            .setAsset(job.asset().value())
            .setProfile(job.profile())
            .setState(job.state().name())
            .setAttempts(job.attempts())
            .setCreatedAt(time(job.times().created()))
            .setUpdatedAt(time(job.times().updated()));
    view.videos()
        .forEach(
            video ->
                message.addVideos(
                    JobVideo.newBuilder().setId(video.id().value()).setTitle(video.title())));
    set(job.reason(), reason -> message.setReason(reason(reason)));
    set(job.lastError(), mishap -> message.setLastError(mishap(mishap)));
    set(view.progress(), progress -> message.setProgress(progress(progress)));
    set(job.times().started(), at -> message.setStartedAt(time(at)));
    set(job.times().next(), at -> message.setNextAttemptAt(time(at)));
    set(job.times().ended(), at -> message.setEndedAt(time(at)));
    return message.build();
  }

  private static <T> void set(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private static JobReason reason(Job.Reason reason) {
    return JobReason.newBuilder().setCode(reason.code()).setDetail(reason.detail()).build();
  }

  private static JobMishap mishap(Job.Mishap mishap) {
    return JobMishap.newBuilder().setDetail(mishap.detail()).setAt(time(mishap.at())).build();
  }

  private static dev.tritontube.proto.admin.v1.JobProgress progress(JobProgress progress) {
    var message =
        dev.tritontube.proto.admin.v1.JobProgress.newBuilder()
            .setStage(progress.stage())
            .setPercent(progress.percent());
    set(progress.etaSeconds(), message::setEtaSeconds);
    progress
        .runs()
        .forEach(
            run ->
                message.addRuns(
                    JobRun.newBuilder()
                        .setWorker(run.worker())
                        .addAllRepresentations(run.representations())
                        .setFirst(run.first())
                        .setEnd(run.end())
                        .setUrgent(run.urgent())));
    return message.build();
  }

  static JobIds ids(List<JobId> ids) {
    return JobIds.newBuilder().addAllIds(ids.stream().map(JobId::value).toList()).build();
  }

  private static Timestamp time(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
