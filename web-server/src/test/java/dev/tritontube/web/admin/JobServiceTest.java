package dev.tritontube.web.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.proto.admin.v1.CancelJobRequest;
import dev.tritontube.proto.admin.v1.DiscardJobRequest;
import dev.tritontube.proto.admin.v1.EncodeVideoRequest;
import dev.tritontube.proto.admin.v1.GetJobRequest;
import dev.tritontube.proto.admin.v1.Job;
import dev.tritontube.proto.admin.v1.JobServiceGrpc;
import dev.tritontube.proto.admin.v1.ListJobsRequest;
import dev.tritontube.proto.admin.v1.ListJobsResponse;
import dev.tritontube.proto.admin.v1.RetryDeadJobsRequest;
import dev.tritontube.proto.admin.v1.RetryJobRequest;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.JobId;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.jobs.FakeJobWork;
import dev.tritontube.web.jobs.JobStore;
import dev.tritontube.web.jobs.Jobs;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class JobServiceTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final AssetId ASSET = new AssetId("a".repeat(20));

  private static final JobStore.Added ADDED =
      new JobStore.Added(dev.tritontube.web.jobs.Job.Kind.PACKAGE, ASSET, "standard");

  @TempDir Path folder;
  private final JobId id = JobId.random(new Random(1));
  private Database database;
  private Server server;
  private ManagedChannel channel;
  private JobServiceGrpc.JobServiceBlockingStub jobs;

  @BeforeEach
  void start() throws Exception {
    database = TestCatalog.open(folder);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(new JobService(new Jobs(database, new FakeJobWork())))
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    jobs = JobServiceGrpc.newBlockingStub(channel);
    database
        .jdbi()
        .useTransaction(
            tx -> {
              JobStore.add(tx, ADDED, id, START);
              JobStore.began(tx, ASSET, START);
            });
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    database.close();
  }

  @Test
  void tellsOfJobs() {
    ListJobsResponse page = jobs.listJobs(ListJobsRequest.newBuilder().setState("running").build());
    Job job = jobs.getJob(GetJobRequest.newBuilder().setId(id.value()).build());

    assertEquals(job, page.getJobs(0));
    assertEquals("RUNNING", job.getState());
    assertEquals(40, job.getProgress().getPercent());
    assertEquals(12, job.getProgress().getEtaSeconds());
    assertEquals(9, job.getProgress().getRuns(0).getEnd());
    assertEquals(START.getEpochSecond(), job.getStartedAt().getSeconds());
    assertFalse(job.hasEndedAt());
    assertEquals(
        0, jobs.listJobs(ListJobsRequest.newBuilder().setState("DEAD").build()).getJobsCount());
  }

  @Test
  void cancelsRetriesAndDiscards() {
    CancelJobRequest cancel = CancelJobRequest.newBuilder().setId(id.value()).build();
    assertEquals("cancelled", jobs.cancelJob(cancel).getReason().getCode());
    assertFails(Status.Code.FAILED_PRECONDITION, "job_ended", () -> jobs.cancelJob(cancel));

    RetryJobRequest retry = RetryJobRequest.newBuilder().setId(id.value()).build();
    assertEquals("WAITING", jobs.retryJob(retry).getState());
    assertEquals(0, jobs.retryDeadJobs(RetryDeadJobsRequest.getDefaultInstance()).getIdsCount());

    DiscardJobRequest discard = DiscardJobRequest.newBuilder().setId(id.value()).build();
    assertFails(Status.Code.FAILED_PRECONDITION, "job_active", () -> jobs.discardJob(discard));
    jobs.cancelJob(cancel);
    assertEquals(id.value(), jobs.discardJob(discard).getIds(0));
    assertFails(Status.Code.FAILED_PRECONDITION, "unknown_job", () -> jobs.discardJob(discard));
  }

  @Test
  void refusesToEncodeWhatIsNotThereOrHow() {
    EncodeVideoRequest tiny = EncodeVideoRequest.newBuilder().setProfile("tiny").build();
    EncodeVideoRequest small = tiny.toBuilder().setProfile("small").build();
    assertFails(Status.Code.INVALID_ARGUMENT, "bad_field", () -> jobs.encodeVideo(tiny));
    assertFails(Status.Code.FAILED_PRECONDITION, "unknown_video", () -> jobs.encodeVideo(small));
  }

  @Test
  void refusesNonsense() {
    for (ListJobsRequest nonsense :
        new ListJobsRequest[] {
          ListJobsRequest.newBuilder().setState("asleep").build(),
          ListJobsRequest.newBuilder().setCursor("x").build(),
          ListJobsRequest.newBuilder().setLimit(101).build()
        }) {
      assertFails(Status.Code.INVALID_ARGUMENT, "bad_request", () -> jobs.listJobs(nonsense));
    }
  }

  private static void assertFails(Status.Code status, String code, Executable call) {
    StatusRuntimeException failure = assertThrows(StatusRuntimeException.class, call);
    assertEquals(status, failure.getStatus().getCode());
    assertEquals(code, Status.trailersFromThrowable(failure).get(Trailers.CODE));
  }
}
