package dev.tritontube.admin;

import com.google.protobuf.Timestamp;
import dev.tritontube.proto.admin.v1.CancelJobRequest;
import dev.tritontube.proto.admin.v1.DiscardDeadJobsRequest;
import dev.tritontube.proto.admin.v1.DiscardJobRequest;
import dev.tritontube.proto.admin.v1.EncodeVideoRequest;
import dev.tritontube.proto.admin.v1.GetJobRequest;
import dev.tritontube.proto.admin.v1.Job;
import dev.tritontube.proto.admin.v1.JobIds;
import dev.tritontube.proto.admin.v1.JobMishap;
import dev.tritontube.proto.admin.v1.JobProgress;
import dev.tritontube.proto.admin.v1.JobReason;
import dev.tritontube.proto.admin.v1.JobRun;
import dev.tritontube.proto.admin.v1.JobServiceGrpc;
import dev.tritontube.proto.admin.v1.JobVideo;
import dev.tritontube.proto.admin.v1.ListJobsRequest;
import dev.tritontube.proto.admin.v1.ListJobsResponse;
import dev.tritontube.proto.admin.v1.RetryDeadJobsRequest;
import dev.tritontube.proto.admin.v1.RetryJobRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/// A job service that has 250 running jobs and a dead one.
final class FakeJobs extends JobServiceGrpc.JobServiceImplBase {
  static final Job RUNNING =
      Job.newBuilder()
          .setId("running")
          .setKind("package")
          .setAsset("asset")
          .addVideos(JobVideo.newBuilder().setId("v1").setTitle("Holiday\u001b[31m"))
          .addVideos(JobVideo.newBuilder().setId("v2").setTitle("Holiday again"))
          .setState("RUNNING")
          .setAttempts(2)
          .setLastError(JobMishap.newBuilder().setDetail("too few nodes").setAt(time(5)))
          .setProgress(
              JobProgress.newBuilder()
                  .setStage("encoding")
                  .setPercent(40)
                  .addRuns(
                      JobRun.newBuilder()
                          .setWorker("w1")
                          .addRepresentations("240p")
                          .setFirst(3)
                          .setEnd(9)))
          .setCreatedAt(time(1))
          .setStartedAt(time(2))
          .setUpdatedAt(time(6))
          .build();
  static final Job DEAD =
      Job.newBuilder()
          .setId("dead")
          .setKind("package")
          .setAsset("asset")
          .setState("DEAD")
          .setAttempts(1)
          .setReason(JobReason.newBuilder().setCode("corrupt_media").setDetail("it breaks off"))
          .setCreatedAt(time(1))
          .setStartedAt(time(2))
          .setEndedAt(time(3))
          .setUpdatedAt(time(3))
          .build();

  /// What was asked for, in words.
  final List<String> calls = new ArrayList<>();

  private static Timestamp time(long seconds) {
    return Timestamp.newBuilder().setSeconds(seconds).build();
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> answers) {
    ListJobsResponse.Builder page = ListJobsResponse.newBuilder();
    if (request.getState().equals("DEAD")) {
      page.addJobs(DEAD);
    } else {
      int from = request.getCursor().isEmpty() ? 0 : Integer.parseInt(request.getCursor());
      int to = Math.min(250, from + request.getLimit());
      for (int i = from; i < to; i++) {
        page.addJobs(RUNNING);
      }
      page.setNextCursor(to == 250 ? "" : Integer.toString(to));
    }
    only(answers, page.build());
  }

  @Override
  public void getJob(GetJobRequest request, StreamObserver<Job> answers) {
    if (request.getId().equals("unknown")) {
      answers.onError(
          Status.FAILED_PRECONDITION
              .withDescription("there is no job unknown")
              .asRuntimeException());
    } else {
      only(answers, RUNNING);
    }
  }

  @Override
  public void retryJob(RetryJobRequest request, StreamObserver<Job> answers) {
    calls.add("retry " + request.getId());
    only(answers, DEAD);
  }

  @Override
  public void retryDeadJobs(RetryDeadJobsRequest request, StreamObserver<JobIds> answers) {
    calls.add("retry all");
    only(answers, JobIds.newBuilder().addIds("dead").build());
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<Job> answers) {
    calls.add("cancel " + request.getId());
    only(answers, RUNNING);
  }

  @Override
  public void discardJob(DiscardJobRequest request, StreamObserver<JobIds> answers) {
    calls.add("discard " + request.getId());
    only(answers, JobIds.newBuilder().addIds(request.getId()).build());
  }

  @Override
  public void discardDeadJobs(DiscardDeadJobsRequest request, StreamObserver<JobIds> answers) {
    calls.add("discard all");
    only(answers, JobIds.newBuilder().addIds("dead").build());
  }

  @Override
  public void encodeVideo(EncodeVideoRequest request, StreamObserver<Job> answers) {
    calls.add("encode " + request.getVideo() + " " + request.getProfile());
    only(answers, RUNNING);
  }

  private static <T> void only(StreamObserver<T> answers, T answer) {
    answers.onNext(answer);
    answers.onCompleted();
  }
}
