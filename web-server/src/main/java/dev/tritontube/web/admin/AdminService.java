package dev.tritontube.web.admin;

import dev.tritontube.proto.admin.v1.AddNodeRequest;
import dev.tritontube.proto.admin.v1.AdminServiceGrpc;
import dev.tritontube.proto.admin.v1.ChangeProgress;
import dev.tritontube.proto.admin.v1.DrainNodeRequest;
import dev.tritontube.proto.admin.v1.ListNodesRequest;
import dev.tritontube.proto.admin.v1.ListNodesResponse;
import dev.tritontube.proto.admin.v1.LocateKeyRequest;
import dev.tritontube.proto.admin.v1.LocateKeyResponse;
import dev.tritontube.proto.admin.v1.PlanRingRequest;
import dev.tritontube.proto.admin.v1.PlanRingResponse;
import dev.tritontube.proto.admin.v1.RemoveNodeRequest;
import dev.tritontube.proto.admin.v1.ShowRingRequest;
import dev.tritontube.proto.admin.v1.ShowRingResponse;
import dev.tritontube.proto.admin.v1.StatusRequest;
import dev.tritontube.proto.admin.v1.StatusResponse;
import dev.tritontube.proto.admin.v1.WatchRingRequest;
import dev.tritontube.proto.reach.HostPort;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.cluster.ClusterException;
import dev.tritontube.web.cluster.LayoutChanges.Terms;
import dev.tritontube.web.cluster.LayoutChanges.Wish;
import dev.tritontube.web.steering.ChangeReport;
import dev.tritontube.web.steering.Steering;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// `tritontube.admin.v1.AdminService`. Blocking: each call is on a virtual thread.
final class AdminService extends AdminServiceGrpc.AdminServiceImplBase {
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(250);

  /// How long a node that is added may take to answer.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Steering steering;

  AdminService(Steering steering) {
    this.steering = steering;
  }

  @Override
  public void listNodes(ListNodesRequest request, StreamObserver<ListNodesResponse> answers) {
    Failures.answer(
        answers,
        () ->
            only(
                answers,
                ListNodesResponse.newBuilder()
                    .addAllNodes(AdminMessages.nodes(steering.nodes()))
                    .build()));
  }

  @Override
  public void addNode(AddNodeRequest request, StreamObserver<ChangeProgress> answers) {
    change(answers, () -> wish(request), request.getIfEpoch(), request.getNoWait());
  }

  @Override
  public void drainNode(DrainNodeRequest request, StreamObserver<ChangeProgress> answers) {
    change(answers, () -> wish(request), request.getIfEpoch(), request.getNoWait());
  }

  @Override
  public void removeNode(RemoveNodeRequest request, StreamObserver<ChangeProgress> answers) {
    change(answers, () -> wish(request), request.getIfEpoch(), request.getNoWait());
  }

  @Override
  public void showRing(ShowRingRequest request, StreamObserver<ShowRingResponse> answers) {
    Failures.answer(answers, () -> only(answers, AdminMessages.ring(steering.ring())));
  }

  @Override
  public void locateKey(LocateKeyRequest request, StreamObserver<LocateKeyResponse> answers) {
    Failures.answer(
        answers,
        () -> only(answers, AdminMessages.place(steering.locate(new BlobKey(request.getKey())))));
  }

  @Override
  public void planRing(PlanRingRequest request, StreamObserver<PlanRingResponse> answers) {
    Failures.answer(
        answers,
        () ->
            only(
                answers, AdminMessages.plan(steering.plan(wish(request), Terms.within(PATIENCE)))));
  }

  @Override
  public void watchRing(WatchRingRequest request, StreamObserver<ChangeProgress> answers) {
    Failures.answer(
        answers,
        () -> {
          Optional<ChangeReport> active = steering.active();
          if (active.isEmpty()) {
            only(answers, ChangeProgress.newBuilder().setEpoch(steering.epoch()).build());
          } else {
            follow(active.get(), answers, !request.getWatch());
          }
        });
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusResponse> answers) {
    Failures.answer(answers, () -> only(answers, AdminMessages.status(steering.status())));
  }

  private void change(
      StreamObserver<ChangeProgress> answers, Wisher wisher, long ifEpoch, boolean noWait) {
    Terms terms =
        new Terms(ifEpoch == 0 ? OptionalLong.empty() : OptionalLong.of(ifEpoch), PATIENCE);
    Failures.answer(answers, () -> follow(steering.begin(wisher.wish(), terms), answers, noWait));
  }

  /// Reads a request, which may be nonsense.
  private interface Wisher {
    Wish wish() throws ClusterException;
  }

  /// Sends how a change goes on until it is over, or the caller has gone.
  private void follow(ChangeReport begun, StreamObserver<ChangeProgress> answers, boolean once)
      throws IOException, InterruptedException {
    ServerCallStreamObserver<ChangeProgress> call =
        (ServerCallStreamObserver<ChangeProgress>) answers;
    ChangeReport now = begun;
    while (!call.isCancelled()) {
      boolean over = now.change().finished();
      if (call.isReady() || over) {
        call.onNext(AdminMessages.progress(now));
      }
      if (once || over) {
        call.onCompleted();
        return;
      }
      Thread.sleep(BETWEEN_MESSAGES);
      now = steering.change(begun.change().id()).orElseThrow();
    }
  }

  private static Wish wish(AddNodeRequest request) {
    return new Wish.Add(
        HostPort.parse(request.getAddress().strip()).toString(),
        Optional.of(request.getZone()).filter(zone -> !zone.isBlank()),
        request.getWeight() == 0 ? OptionalLong.empty() : OptionalLong.of(request.getWeight()));
  }

  private static Wish wish(DrainNodeRequest request) {
    return new Wish.Drain(request.getNode());
  }

  private static Wish wish(RemoveNodeRequest request) {
    return new Wish.Remove(request.getNode(), request.getForce());
  }

  private static Wish wish(PlanRingRequest request) {
    return switch (request.getChangeCase()) {
      case ADD -> wish(request.getAdd());
      case DRAIN -> wish(request.getDrain());
      case REMOVE -> wish(request.getRemove());
      case CHANGE_NOT_SET -> throw new IllegalArgumentException("no change to plan");
    };
  }

  private static <T> void only(StreamObserver<T> answers, T answer) {
    answers.onNext(answer);
    answers.onCompleted();
  }
}
