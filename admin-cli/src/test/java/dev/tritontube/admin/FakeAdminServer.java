package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.AddNodeRequest;
import dev.tritontube.proto.admin.v1.AdminServiceGrpc;
import dev.tritontube.proto.admin.v1.ChangeProgress;
import dev.tritontube.proto.admin.v1.DrainNodeRequest;
import dev.tritontube.proto.admin.v1.JobCounts;
import dev.tritontube.proto.admin.v1.ListNodesRequest;
import dev.tritontube.proto.admin.v1.ListNodesResponse;
import dev.tritontube.proto.admin.v1.LocateKeyRequest;
import dev.tritontube.proto.admin.v1.LocateKeyResponse;
import dev.tritontube.proto.admin.v1.Node;
import dev.tritontube.proto.admin.v1.NodeShare;
import dev.tritontube.proto.admin.v1.PlanRingRequest;
import dev.tritontube.proto.admin.v1.PlanRingResponse;
import dev.tritontube.proto.admin.v1.PlannedShare;
import dev.tritontube.proto.admin.v1.RemoveNodeRequest;
import dev.tritontube.proto.admin.v1.Sandbox;
import dev.tritontube.proto.admin.v1.ShowRingRequest;
import dev.tritontube.proto.admin.v1.ShowRingResponse;
import dev.tritontube.proto.admin.v1.StatusRequest;
import dev.tritontube.proto.admin.v1.StatusResponse;
import dev.tritontube.proto.admin.v1.WatchRingRequest;
import dev.tritontube.proto.admin.v1.Worker;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;

/// An admin server that says what it is told to say, on a real port.
final class FakeAdminServer extends AdminServiceGrpc.AdminServiceImplBase implements AutoCloseable {
  static final String KEY = "s3cret";
  static final ChangeProgress RUNNING =
      ChangeProgress.newBuilder()
          .setChangeId("c1")
          .setKind("add")
          .setNodeId("0000000000000004")
          .setPhase("COPY")
          .setEpoch(2)
          .setArcsDone(5)
          .setArcsTotal(12)
          .setMovedReplicas(12)
          .setMinimumReplicas(12)
          .setMovedBlobs(3)
          .setMovedBytes(4096)
          .setSeconds(1.5)
          .setEtaSeconds(2)
          .build();
  static final ChangeProgress DONE =
      RUNNING.toBuilder().setPhase("DONE").setEpoch(3).setArcsDone(12).setMovedBlobs(7).build();

  /// The last requests that it got.
  volatile AddNodeRequest added = AddNodeRequest.getDefaultInstance();

  volatile RemoveNodeRequest removed = RemoveNodeRequest.getDefaultInstance();
  final FakeJobs jobs = new FakeJobs();

  private final Server server;
  private final String address;

  FakeAdminServer() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .directExecutor()
            .intercept(new Door())
            .addService(this)
            .addService(jobs)
            .addService(new FakeBackups())
            .build()
            .start();
    address = "127.0.0.1:" + server.getPort();
  }

  /// Where it listens, or listened.
  String address() {
    return address;
  }

  private static final class Door implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String key = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
      if (("Bearer " + KEY).equals(key)) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED.withDescription("wrong key"), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  private static Node node() {
    return Node.newBuilder()
        .setId("0000000000000001")
        .setAddress("127.0.0.1:9101")
        .setZone("default")
        .setWeight(100)
        .setState("ACTIVE")
        .setHealth("UP")
        .setReplicas(16384)
        .setBlobs(12)
        .setBytes(2048)
        .setCapacityBytes(1L << 40)
        .build();
  }

  @Override
  public void listNodes(ListNodesRequest request, StreamObserver<ListNodesResponse> answers) {
    only(answers, ListNodesResponse.newBuilder().addNodes(node()).build());
  }

  @Override
  public void addNode(AddNodeRequest request, StreamObserver<ChangeProgress> answers) {
    added = request;
    answers.onNext(RUNNING);
    if (!request.getNoWait()) {
      answers.onNext(DONE);
    }
    answers.onCompleted();
  }

  @Override
  public void drainNode(DrainNodeRequest request, StreamObserver<ChangeProgress> answers) {
    answers.onError(
        Status.FAILED_PRECONDITION
            .withDescription("too few nodes would be left")
            .asRuntimeException());
  }

  @Override
  public void removeNode(RemoveNodeRequest request, StreamObserver<ChangeProgress> answers) {
    removed = request;
    answers.onNext(RUNNING);
    answers.onError(Status.UNAVAILABLE.withDescription("stopping").asRuntimeException());
  }

  @Override
  public void showRing(ShowRingRequest request, StreamObserver<ShowRingResponse> answers) {
    only(
        answers,
        ShowRingResponse.newBuilder()
            .setEpoch(2)
            .setArcs(16384)
            .setReplicas(3)
            .addNodes(
                NodeShare.newBuilder()
                    .setId("0000000000000001")
                    .setAddress("127.0.0.1:9101")
                    .setArcs(16384)
                    .setQuota(16384))
            .build());
  }

  @Override
  public void locateKey(LocateKeyRequest request, StreamObserver<LocateKeyResponse> answers) {
    only(
        answers,
        LocateKeyResponse.newBuilder()
            .setArc(7)
            .setEpoch(2)
            .addOwners(node())
            .addHolders("0000000000000001")
            .build());
  }

  @Override
  public void planRing(PlanRingRequest request, StreamObserver<PlanRingResponse> answers) {
    only(
        answers,
        PlanRingResponse.newBuilder()
            .setEpoch(1)
            .setMovedReplicas(12)
            .setMinimumReplicas(12)
            .setEstimatedBytes(1 << 20)
            .setSteps(1)
            .addNodes(
                PlannedShare.newBuilder()
                    .setId("0000000000000001")
                    .setAddress("127.0.0.1:9101")
                    .setArcsBefore(16)
                    .setArcsAfter(12))
            .addWarnings("zone cap")
            .build());
  }

  @Override
  public void watchRing(WatchRingRequest request, StreamObserver<ChangeProgress> answers) {
    answers.onNext(request.getWatch() ? DONE : ChangeProgress.newBuilder().setEpoch(9).build());
    answers.onCompleted();
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusResponse> answers) {
    only(
        answers,
        StatusResponse.newBuilder()
            .setHealth("DEGRADED")
            .setEpoch(2)
            .setUnderReplicated(5)
            .addNodes(node())
            .setJobs(JobCounts.newBuilder().setWaiting(1).setRunning(2).setDead(3))
            .addWorkers(worker("w1", "PARTIAL", ""))
            .addWorkers(worker("w2", "NONE", "it is switched off"))
            .build());
  }

  private static Worker worker(String id, String degree, String reason) {
    boolean there = reason.isEmpty();
    return Worker.newBuilder()
        .setId(id)
        .setHost("encoder")
        .setSandbox(
            Sandbox.newBuilder()
                .setDegree(degree)
                .setLandlock(there ? 3 : 0)
                .setFiles(there)
                .setCalls(there)
                .setLimits(true)
                .setReason(reason))
        .build();
  }

  private static <T> void only(StreamObserver<T> answers, T answer) {
    answers.onNext(answer);
    answers.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
