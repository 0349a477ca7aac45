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
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutPlan;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.cluster.Cluster;
import dev.tritontube.web.cluster.ClusterException;
import dev.tritontube.web.cluster.LayoutChange;
import dev.tritontube.web.cluster.LayoutChanges.Wish;
import dev.tritontube.web.cluster.NodeView;
import dev.tritontube.web.jobs.JobCounts;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// `tritontube.admin.v1.AdminService`. Blocking: each call is on a virtual thread.
final class AdminService extends AdminServiceGrpc.AdminServiceImplBase {
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(250);

  private final Cluster cluster;
  private final Supplier<JobCounts> jobs;
  private final InstantSource clock;

  AdminService(Cluster cluster, Supplier<JobCounts> jobs, InstantSource clock) {
    this.cluster = cluster;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public void listNodes(ListNodesRequest request, StreamObserver<ListNodesResponse> answers) {
    Failures.answer(
        answers,
        () ->
            only(
                answers,
                ListNodesResponse.newBuilder()
                    .addAllNodes(AdminMessages.nodes(newest(), cluster.nodes()))
                    .build()));
  }

  @Override
  public void addNode(AddNodeRequest request, StreamObserver<ChangeProgress> answers) {
    change(answers, () -> wish(request), request.getNoWait());
  }

  @Override
  public void drainNode(DrainNodeRequest request, StreamObserver<ChangeProgress> answers) {
    change(answers, () -> wish(request), request.getNoWait());
  }

  @Override
  public void removeNode(RemoveNodeRequest request, StreamObserver<ChangeProgress> answers) {
    change(answers, () -> wish(request), request.getNoWait());
  }

  @Override
  public void showRing(ShowRingRequest request, StreamObserver<ShowRingResponse> answers) {
    Failures.answer(answers, () -> only(answers, ring()));
  }

  @Override
  public void locateKey(LocateKeyRequest request, StreamObserver<LocateKeyResponse> answers) {
    Failures.answer(answers, () -> only(answers, locate(new BlobKey(request.getKey()))));
  }

  @Override
  public void planRing(PlanRingRequest request, StreamObserver<PlanRingResponse> answers) {
    Failures.answer(answers, () -> only(answers, plan(wish(request))));
  }

  @Override
  public void watchRing(WatchRingRequest request, StreamObserver<ChangeProgress> answers) {
    Failures.answer(
        answers,
        () -> {
          Optional<LayoutChange> active = cluster.changes().active();
          if (active.isEmpty()) {
            only(answers, ChangeProgress.newBuilder().setEpoch(newest().epoch()).build());
          } else {
            follow(active.get(), answers, !request.getWatch());
          }
        });
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusResponse> answers) {
    Failures.answer(answers, () -> only(answers, status()));
  }

  private void change(StreamObserver<ChangeProgress> answers, Wisher wisher, boolean noWait) {
    Failures.answer(answers, () -> follow(cluster.changes().begin(wisher.wish()), answers, noWait));
  }

  /// Reads a request, which may be nonsense.
  private interface Wisher {
    Wish wish() throws ClusterException;
  }

  /// Sends how a change goes on until it is over, or the caller has gone.
  private void follow(LayoutChange change, StreamObserver<ChangeProgress> answers, boolean once)
      throws IOException, InterruptedException {
    ServerCallStreamObserver<ChangeProgress> call =
        (ServerCallStreamObserver<ChangeProgress>) answers;
    LayoutChange now = change;
    while (!call.isCancelled()) {
      if (call.isReady() || now.finished()) {
        call.onNext(AdminMessages.progress(now, newest().epoch(), clock.instant()));
      }
      if (once || now.finished()) {
        call.onCompleted();
        return;
      }
      Thread.sleep(BETWEEN_MESSAGES);
      now = cluster.changes().find(change.id()).orElseThrow();
    }
  }

  private Layout newest() throws IOException {
    return cluster.layouts().newest();
  }

  private ShowRingResponse ring() throws IOException {
    Layout layout = newest();
    ShowRingResponse.Builder ring =
        ShowRingResponse.newBuilder()
            .setEpoch(layout.epoch())
            .setArcs(layout.arcs())
            .setReplicas(layout.replicas())
            .addAllNodes(AdminMessages.shares(layout));
    if (layout.joint()) {
      ring.setJointEpoch(layout.epoch());
    }
    cluster
        .changes()
        .active()
        .ifPresent(
            change ->
                ring.setChange(AdminMessages.progress(change, layout.epoch(), clock.instant())));
    return ring.build();
  }

  private LocateKeyResponse locate(BlobKey key) throws IOException, InterruptedException {
    Layout layout = newest();
    int arc = layout.arcOf(key);
    List<NodeView> views = cluster.nodes();
    LocateKeyResponse.Builder place =
        LocateKeyResponse.newBuilder().setArc(arc).setEpoch(layout.epoch());
    layout.owners(arc).forEach(node -> place.addOwners(AdminMessages.node(layout, node, views)));
    if (layout.isMoving(arc)) {
      layout
          .nextOwners(arc)
          .forEach(node -> place.addNextOwners(AdminMessages.node(layout, node, views)));
    }
    cluster.holders(key).stream().map(NodeId::value).forEach(place::addHolders);
    return place.build();
  }

  private PlanRingResponse plan(Wish wish)
      throws ClusterException, IOException, InterruptedException {
    LayoutPlan plan = cluster.changes().preview(wish);
    return PlanRingResponse.newBuilder()
        .setEpoch(plan.from().epoch())
        .setMovedReplicas(plan.moves().size())
        .setMinimumReplicas(plan.minimumMoves())
        .setEstimatedBytes(estimatedBytes(plan))
        .addAllNodes(AdminMessages.shares(plan))
        .addAllWarnings(plan.warnings())
        .setSteps(plan.moves().isEmpty() ? 0 : plan.steps().size())
        .build();
  }

  /// What the moving replicas would hold if all arcs held the same.
  private long estimatedBytes(LayoutPlan plan) {
    long stored = cluster.nodes().stream().mapToLong(NodeView::blobBytes).sum();
    long replicas = (long) plan.from().arcs() * plan.from().replicas();
    return Math.round((double) stored * plan.moves().size() / replicas);
  }

  private StatusResponse status() throws IOException, InterruptedException {
    Layout layout = newest();
    long underReplicated = cluster.underReplicated();
    return StatusResponse.newBuilder()
        .setHealth(cluster.health(underReplicated).name())
        .setEpoch(layout.epoch())
        .setUnderReplicated(underReplicated)
        .addAllNodes(AdminMessages.nodes(layout, cluster.nodes()))
        .setJobs(AdminMessages.jobs(jobs.get()))
        .build();
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
