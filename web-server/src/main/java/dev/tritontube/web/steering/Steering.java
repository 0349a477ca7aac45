package dev.tritontube.web.steering;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.LayoutPlan;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.blobs.NodeStatus;
import dev.tritontube.web.cluster.Cluster;
import dev.tritontube.web.cluster.ClusterException;
import dev.tritontube.web.cluster.LayoutChange;
import dev.tritontube.web.cluster.LayoutChanges.Terms;
import dev.tritontube.web.cluster.LayoutChanges.Wish;
import dev.tritontube.web.cluster.NodeCondition;
import dev.tritontube.web.cluster.NodeView;
import dev.tritontube.web.jobs.JobCounts;
import dev.tritontube.web.workers.Worker;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What administrators see of the cluster and do with it, whichever way they ask. Thread-safe.
public final class Steering {
  private final Cluster cluster;
  private final Supplier<Map<NodeId, NodeStatus>> calls;
  private final Supplier<JobCounts> jobs;
  private final Supplier<List<Worker>> workers;
  private final InstantSource clock;

  /// Of the layout that was asked for last: they take a while to work out.
  private volatile @Nullable Shares shares;

  private record Shares(Layout layout, List<RingReport.Share> shares) {}

  /// @param calls what calls to the nodes meet
  public Steering(
      Cluster cluster,
      Supplier<Map<NodeId, NodeStatus>> calls,
      Supplier<JobCounts> jobs,
      Supplier<List<Worker>> workers,
      InstantSource clock) {
    this.cluster = cluster;
    this.calls = calls;
    this.jobs = jobs;
    this.workers = workers;
    this.clock = clock;
  }

  /// In the order of the layout.
  public List<NodeReport> nodes() throws IOException {
    return nodes(newest());
  }

  private List<NodeReport> nodes(Layout layout) {
    return layout.nodes().stream().map(reporter(layout)).toList();
  }

  private Function<LayoutNode, NodeReport> reporter(Layout layout) {
    Map<NodeId, NodeView> views =
        cluster.nodes().stream()
            .collect(Collectors.toMap(view -> view.node().id(), Function.identity()));
    Map<NodeId, NodeStatus> statuses = calls.get();
    Map<NodeId, Integer> owned = layout.ownedCounts();
    return node -> {
      Optional<NodeView> view = Optional.ofNullable(views.get(node.id()));
      return new NodeReport(
          node,
          view.map(NodeView::condition).orElse(NodeCondition.DOWN),
          view.map(NodeView::detail).orElse("it was not looked at yet"),
          owned.getOrDefault(node.id(), 0),
          view.map(Steering::usage).orElse(NodeReport.Usage.UNKNOWN),
          Optional.ofNullable(statuses.get(node.id()))
              .map(NodeStatus::latency)
              .filter(Duration::isPositive));
    };
  }

  private static NodeReport.Usage usage(NodeView view) {
    return new NodeReport.Usage(view.blobs(), view.blobBytes(), view.capacityBytes());
  }

  public RingReport ring() throws IOException {
    Layout layout = newest();
    return new RingReport(layout, shares(layout), active());
  }

  private List<RingReport.Share> shares(Layout layout) {
    Shares known = shares;
    if (known == null || !known.layout().equals(layout)) {
      known = new Shares(layout, RingReport.shares(layout));
      shares = known;
    }
    return known.shares();
  }

  public PlaceReport locate(BlobKey key) throws IOException, InterruptedException {
    Layout layout = newest();
    int arc = layout.arcOf(key);
    Function<LayoutNode, NodeReport> reporter = reporter(layout);
    List<LayoutNode> next = layout.isMoving(arc) ? layout.nextOwners(arc) : List.of();
    return new PlaceReport(
        arc,
        layout.epoch(),
        layout.owners(arc).stream().map(reporter).toList(),
        next.stream().map(reporter).toList(),
        cluster.holders(key));
  }

  /// What a wish would move.
  ///
  /// @throws ClusterException when it would be refused
  public PlanReport plan(Wish wish, Terms terms)
      throws ClusterException, IOException, InterruptedException {
    LayoutPlan plan = cluster.changes().preview(wish, terms);
    long stored = cluster.nodes().stream().mapToLong(NodeView::blobBytes).sum();
    long replicas = (long) plan.from().arcs() * plan.from().replicas();
    return new PlanReport(plan, Math.round((double) stored * plan.moves().size() / replicas));
  }

  /// Begins to carry out a wish, or joins the change that does so already.
  ///
  /// @throws ClusterException when it is refused; nothing has happened then
  public ChangeReport begin(Wish wish, Terms terms)
      throws ClusterException, IOException, InterruptedException {
    return report(cluster.changes().begin(wish, terms));
  }

  /// The change that runs.
  public Optional<ChangeReport> active() throws IOException {
    Optional<LayoutChange> active = cluster.changes().active();
    return active.isEmpty() ? Optional.empty() : Optional.of(report(active.get()));
  }

  /// A change that runs, or ran.
  public Optional<ChangeReport> change(String id) throws IOException {
    Optional<LayoutChange> change = cluster.changes().find(id);
    return change.isEmpty() ? Optional.empty() : Optional.of(report(change.get()));
  }

  private ChangeReport report(LayoutChange change) throws IOException {
    return ChangeReport.of(change, epoch(), clock.instant());
  }

  /// Of the newest layout.
  public long epoch() throws IOException {
    return newest().epoch();
  }

  public StatusReport status() throws IOException, InterruptedException {
    Layout layout = newest();
    long underReplicated = cluster.underReplicated();
    return new StatusReport(
        cluster.health(underReplicated),
        layout.epoch(),
        underReplicated,
        nodes(layout),
        jobs.get(),
        workers.get());
  }

  /// The cluster now. Of a change that ran before, its end is still told.
  Moment look(Optional<Moment> before) throws IOException {
    Layout layout = newest();
    Optional<ChangeReport> change = active();
    Optional<ChangeReport> last = before.flatMap(Moment::change);
    if (change.isEmpty() && last.isPresent()) {
      change = change(last.get().change().id());
    }
    return new Moment(layout.epoch(), layout.joint(), nodes(layout), change);
  }

  private Layout newest() throws IOException {
    return cluster.layouts().newest();
  }
}
