package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.CancelJobRequest;
import dev.tritontube.proto.admin.v1.DiscardDeadJobsRequest;
import dev.tritontube.proto.admin.v1.DiscardJobRequest;
import dev.tritontube.proto.admin.v1.EncodeVideoRequest;
import dev.tritontube.proto.admin.v1.GetJobRequest;
import dev.tritontube.proto.admin.v1.Job;
import dev.tritontube.proto.admin.v1.JobIds;
import dev.tritontube.proto.admin.v1.JobServiceGrpc.JobServiceBlockingStub;
import dev.tritontube.proto.admin.v1.ListJobsRequest;
import dev.tritontube.proto.admin.v1.ListJobsResponse;
import dev.tritontube.proto.admin.v1.RetryDeadJobsRequest;
import dev.tritontube.proto.admin.v1.RetryJobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `jobs list | show | retry | cancel | discard | encode`.
@Command(
    name = "jobs",
    description = "Lists, retries, cancels and discards jobs: what is to become of uploads.",
    mixinStandardHelpOptions = true)
final class JobsCommand {
  private static final int PAGE = 100;

  @ParentCommand private @Nullable AdminCli admin;

  /// Which jobs are listed.
  static final class Which {
    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "Only those that are WAITING, RUNNING, RETRYING, DONE, DEAD or CANCELLED.")
    private String state = "";

    @Option(names = "--dead", description = "The dead-letter list: the same as --state DEAD.")
    private boolean dead;

    String state() {
      return dead ? "DEAD" : state;
    }
  }

  /// One, or all that are dead.
  static final class Dead {
    @Parameters(paramLabel = "ID", description = "The job.")
    private String id = "";

    @Option(names = "--all-dead", description = "All jobs that are DEAD.")
    private boolean all;
  }

  @Command(description = "Lists jobs, the newest first.", mixinStandardHelpOptions = true)
  int list(
      @ArgGroup(exclusive = true) @Nullable Which which,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "No more than these (default: ${DEFAULT-VALUE}).")
          int limit) {
    if (limit < 1) {
      throw new UsageException("--limit is at least 1, not " + limit);
    }
    try (Session session = admin().open()) {
      List<Job> jobs = list(session.jobs(), which == null ? "" : which.state(), limit);
      admin().answers().show(JobDocuments.jobs(jobs), JobTexts.jobs(jobs));
      return 0;
    }
  }

  private static List<Job> list(JobServiceBlockingStub server, String state, int limit) {
    List<Job> jobs = new ArrayList<>();
    String cursor = "";
    do {
      ListJobsResponse page =
          server.listJobs(
              ListJobsRequest.newBuilder()
                  .setState(state)
                  .setLimit(Math.min(PAGE, limit - jobs.size()))
                  .setCursor(cursor)
                  .build());
      jobs.addAll(page.getJobsList());
      cursor = page.getNextCursor();
    } while (!cursor.isEmpty() && jobs.size() < limit);
    return jobs;
  }

  @Command(description = "Shows a job.", mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "ID") String id) {
    return one(server -> server.getJob(GetJobRequest.newBuilder().setId(id).build()));
  }

  @Command(
      description = "Brings back a job that is DEAD or CANCELLED.",
      mixinStandardHelpOptions = true)
  int retry(@ArgGroup(exclusive = true, multiplicity = "1") Dead dead) {
    return dead.all
        ? some("retried", server -> server.retryDeadJobs(RetryDeadJobsRequest.getDefaultInstance()))
        : one(server -> server.retryJob(RetryJobRequest.newBuilder().setId(dead.id).build()));
  }

  @Command(
      description = "Stops a job that has not ended, and deletes what it made.",
      mixinStandardHelpOptions = true)
  int cancel(@Parameters(paramLabel = "ID") String id) {
    return one(server -> server.cancelJob(CancelJobRequest.newBuilder().setId(id).build()));
  }

  @Command(
      description = "Takes a job that has ended off the list; its video stays as it is.",
      mixinStandardHelpOptions = true)
  int discard(@ArgGroup(exclusive = true, multiplicity = "1") Dead dead) {
    return some(
        "discarded",
        server ->
            dead.all
                ? server.discardDeadJobs(DiscardDeadJobsRequest.getDefaultInstance())
                : server.discardJob(DiscardJobRequest.newBuilder().setId(dead.id).build()));
  }

  @Command(
      description = "Encodes a video again; what plays of it goes on until that is whole.",
      mixinStandardHelpOptions = true)
  int encode(
      @Parameters(paramLabel = "VIDEO") String video,
      @Option(
              names = "--profile",
              required = true,
              paramLabel = "PROFILE",
              description =
                  "standard, small (nothing above 480p), archive (twice the rate), or one that"
                      + " the servers' profiles file names.")
          String profile) {
    return one(
        server ->
            server.encodeVideo(
                EncodeVideoRequest.newBuilder().setVideo(video).setProfile(profile).build()));
  }

  private int one(Function<JobServiceBlockingStub, Job> call) {
    try (Session session = admin().open()) {
      Job job = call.apply(session.jobs());
      admin().answers().show(JobDocuments.job(job), JobTexts.job(job));
      return 0;
    }
  }

  /// @param done what was done to them
  private int some(String done, Function<JobServiceBlockingStub, JobIds> call) {
    try (Session session = admin().open()) {
      List<String> ids = call.apply(session.jobs()).getIdsList();
      admin().answers().show(JobDocuments.ids(done, ids), ids.size() + " " + done);
      return 0;
    }
  }

  private AdminCli admin() {
    if (admin == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return admin;
  }
}
