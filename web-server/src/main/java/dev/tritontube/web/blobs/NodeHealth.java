package dev.tritontube.web.blobs;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthGrpc.HealthStub;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which nodes answer: `grpc.health.v1` asked about every second, and what calls meet in between. A
/// killed node is noticed by the first call that fails, a frozen one when a call makes no progress
/// or a check is not answered. Thread-safe.
public final class NodeHealth implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeHealth.class);
  private static final String GAUGE = "tritontube.node.state";
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final NodeChannels channels;
  private final Layouts layouts;
  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Map<NodeId, NodeVitals> vitals = new ConcurrentHashMap<>();

  /// Nodes with a check on its way.
  private final Set<NodeId> asked = ConcurrentHashMap.newKeySet();

  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("node-health").factory());

  public NodeHealth(
      NodeChannels channels, Layouts layouts, MeterRegistry meters, InstantSource clock) {
    this.channels = channels;
    this.layouts = layouts;
    this.meters = meters;
    this.clock = clock;
  }

  /// Begins to check every node of the current layout at this interval.
  public void start(Duration interval) {
    ticks.scheduleWithFixedDelay(this::checkAll, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// UNKNOWN for a node that was never asked.
  public NodeStatus.State state(NodeId node) {
    return vitals(node).state();
  }

  /// Every node that was asked, by id.
  public Map<NodeId, NodeStatus> snapshot() {
    Map<NodeId, NodeStatus> snapshot = new TreeMap<>();
    vitals.forEach((node, seen) -> snapshot.put(node, seen.status()));
    return snapshot;
  }

  NodeVitals vitals(NodeId node) {
    return vitals.computeIfAbsent(node, this::newVitals);
  }

  private NodeVitals newVitals(NodeId node) {
    NodeVitals created = new NodeVitals(clock);
    Gauge.builder(GAUGE, created, seen -> seen.state().usable() ? 1 : 0)
        .description("1 while calls go to the node, 0 while it is suspect or down")
        .tags(tags(node))
        .register(meters);
    return created;
  }

  /// Asks every node of the layout once; answers arrive later. Forgets nodes that left.
  void checkAll() {
    try {
      Layout layout = layouts.current();
      forgetOthers(layout);
      layout.nodes().forEach(this::check);
    } catch (IllegalStateException _) {
      LOG.debug("no layout yet: no node to check");
    } catch (RuntimeException failure) {
      LOG.error("checking the nodes failed", failure);
    }
  }

  private void forgetOthers(Layout layout) {
    Set<NodeId> members = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    for (LayoutNode node : layout.nodes()) {
      members.add(node.id());
      addresses.add(node.address());
    }
    channels.retain(addresses);
    vitals.keySet().stream().filter(node -> !members.contains(node)).forEach(this::forget);
  }

  private void forget(NodeId node) {
    vitals.remove(node);
    Gauge gauge = meters.find(GAUGE).tags(tags(node)).gauge();
    if (gauge != null) {
      meters.remove(gauge);
    }
  }

  private void check(LayoutNode node) {
    if (!asked.add(node.id())) {
      return;
    }
    boolean usable = state(node.id()).usable();
    if (!usable) {
      channels.resume(node.address());
    }
    HealthStub stub =
        HealthGrpc.newStub(channels.control(node.address()))
            .withDeadlineAfter(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    (usable ? stub : stub.withWaitForReady())
        .check(HealthCheckRequest.getDefaultInstance(), new Answer(node));
  }

  private static Tags tags(NodeId node) {
    return Tags.of("node", node.value());
  }

  /// No check begins any more when this returns.
  @Override
  public void close() {
    ticks.shutdown();
    try {
      ticks.awaitTermination(CLOSING.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Answer implements StreamObserver<HealthCheckResponse> {
    private final LayoutNode node;

    Answer(LayoutNode node) {
      this.node = node;
    }

    @Override
    public void onNext(HealthCheckResponse response) {
      if (response.getStatus() == ServingStatus.SERVING) {
        vitals(node.id()).checkPassed(channels.canCarryBlobs(node.address()));
      } else {
        vitals(node.id()).refusesToServe();
      }
    }

    @Override
    public void onError(Throwable failure) {
      asked.remove(node.id());
      vitals(node.id()).checkFailed("health check: " + Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      asked.remove(node.id());
    }
  }
}
