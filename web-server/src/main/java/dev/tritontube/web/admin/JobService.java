package dev.tritontube.web.admin;

import dev.tritontube.proto.admin.v1.CancelJobRequest;
import dev.tritontube.proto.admin.v1.DiscardDeadJobsRequest;
import dev.tritontube.proto.admin.v1.DiscardJobRequest;
import dev.tritontube.proto.admin.v1.EncodeVideoRequest;
import dev.tritontube.proto.admin.v1.GetJobRequest;
import dev.tritontube.proto.admin.v1.Job;
import dev.tritontube.proto.admin.v1.JobIds;
import dev.tritontube.proto.admin.v1.JobServiceGrpc;
import dev.tritontube.proto.admin.v1.ListJobsRequest;
import dev.tritontube.proto.admin.v1.ListJobsResponse;
import dev.tritontube.proto.admin.v1.RetryDeadJobsRequest;
import dev.tritontube.proto.admin.v1.RetryJobRequest;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.cluster.ClusterException;
import dev.tritontube.web.jobs.Job.State;
import dev.tritontube.web.jobs.JobException;
import dev.tritontube.web.jobs.Jobs;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `tritontube.admin.v1.JobService`. Blocking: each call is on a virtual thread.
final class JobService extends JobServiceGrpc.JobServiceImplBase {
  private static final int DEFAULT_LIMIT = 20;

  private final Jobs jobs;

  JobService(Jobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> answers) {
    answer(answers, () -> JobMessages.page(list(request)));
  }

  @Override
  public void getJob(GetJobRequest request, StreamObserver<Job> answers) {
    answer(answers, () -> JobMessages.job(jobs.find(request.getId())));
  }

  @Override
  public void retryJob(RetryJobRequest request, StreamObserver<Job> answers) {
    answer(answers, () -> JobMessages.job(jobs.retry(request.getId())));
  }

  @Override
  public void retryDeadJobs(RetryDeadJobsRequest request, StreamObserver<JobIds> answers) {
    answer(answers, () -> JobMessages.ids(jobs.retryAllDead()));
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<Job> answers) {
    answer(answers, () -> JobMessages.job(jobs.cancel(request.getId())));
  }

  @Override
  public void discardJob(DiscardJobRequest request, StreamObserver<JobIds> answers) {
    answer(
        answers,
        () -> {
          jobs.discard(request.getId());
          return JobMessages.ids(List.of(new JobId(request.getId())));
        });
  }

  @Override
  public void discardDeadJobs(DiscardDeadJobsRequest request, StreamObserver<JobIds> answers) {
    answer(answers, () -> JobMessages.ids(jobs.discardAllDead()));
  }

  @Override
  public void encodeVideo(EncodeVideoRequest request, StreamObserver<Job> answers) {
    answer(answers, () -> JobMessages.job(jobs.encode(request.getVideo(), request.getProfile())));
  }

  private Jobs.Page list(ListJobsRequest request) {
    int limit = request.getLimit() == 0 ? DEFAULT_LIMIT : request.getLimit();
    if (limit < 1 || limit > Jobs.MAX_PAGE) {
      throw new IllegalArgumentException("a limit is 1 to " + Jobs.MAX_PAGE + ", not " + limit);
    }
    return jobs.list(
        state(request.getState()),
        Optional.of(request.getCursor()).filter(cursor -> !cursor.isEmpty()),
        limit);
  }

  private static Optional<State> state(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(
            State.parse(text)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "a state is one of " + List.of(State.values()) + ", not " + text)));
  }

  /// Says something about jobs.
  private interface Answer<T> {
    T give() throws JobException, ClusterException, IOException, InterruptedException;
  }

  private static <T> void answer(StreamObserver<T> answers, Answer<T> answer) {
    Failures.answer(
        answers,
        () -> {
          answers.onNext(answer.give());
          answers.onCompleted();
        });
  }
}
