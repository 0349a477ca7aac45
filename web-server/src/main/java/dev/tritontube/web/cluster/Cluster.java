package dev.tritontube.web.cluster;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The cluster as a web server sees and steers it: its layouts, its nodes, the changes of its
/// layout. Several web servers on one catalog do this side by side; what only one may do goes by a
/// lease. Thread-safe.
public final class Cluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final String LEASE = "cluster";
  private static final Duration LEASE_TIME = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofMillis(250);

  private final LayoutStore layoutStore;
  private final LeaseStore leases;
  private final CatalogLayouts layouts;
  private final LayoutChanges changes;
  private final ClusterBootstrap bootstrap;
  private final NodeControl control;
  private final NodeMonitor monitor;
  private final Repairs repairs;
  private final UnderReplicated missing;
  private final ChangeRunner runner;
  private final String holder;
  private final Outage catalog = new Outage("asking the catalog for layout and lease");
  private final List<Loop> loops = new ArrayList<>();
  private volatile Optional<Lease> lease = Optional.empty();

  /// @param jdbi of the catalog
  /// @param channels the connection for control calls to the node at an address; somebody else
  ///   closes them
  public Cluster(
      Jdbi jdbi,
      Function<String, ManagedChannel> channels,
      InstantSource clock,
      RandomGenerator random) {
    control = new GrpcNodeControl(channels);
    layoutStore = new LayoutStore(jdbi, clock);
    leases = new LeaseStore(jdbi, clock);
    layouts = new CatalogLayouts(layoutStore);
    NodeStore nodeStore = new NodeStore(jdbi);
    ChangeStore changeStore = new ChangeStore(jdbi, layoutStore);
    NodeDoor door = new NodeDoor(control, clock, Thread::sleep);
    bootstrap = new ClusterBootstrap(layoutStore, control, door, random);
    monitor = new NodeMonitor(control, nodeStore);
    repairs = new Repairs(control, monitor, clock, Executors.newVirtualThreadPerTaskExecutor());
    missing = new UnderReplicated(control, monitor, nodeStore);
    runner = new ChangeRunner(changeStore, layouts, control, clock);
    changes =
        new LayoutChanges(
            changeStore, layouts, nodeStore, door, new LayoutChanges.Birth(clock, random));
    holder = HexFormat.of().toHexDigits(random.nextLong());
  }

  /// Makes the cluster when the catalog has none, and begins to look after it.
  ///
  /// @param firstNodes addresses of the nodes of a new cluster; not looked at when there is one
  ///   already
  /// @throws ClusterException when a new cluster cannot be made of these nodes
  public void start(List<String> firstNodes) throws ClusterException, InterruptedException {
    layouts.learn(bootstrap.ensureLayout(firstNodes));
    monitor.look(layouts.current(), true);
    loops.add(Loop.start("node-monitor", this::watch));
    loops.add(Loop.start("node-repairs", this::repair));
    loops.add(Loop.start("layout-change", this::change));
  }

  public CatalogLayouts layouts() {
    return layouts;
  }

  public LayoutChanges changes() {
    return changes;
  }

  /// The nodes of the layout as they were seen about a second ago.
  public List<NodeView> nodes() {
    return monitor.snapshot().views();
  }

  /// How many replicas are missing.
  ///
  /// @return a lower bound while nodes do not answer, or are compared again after one was given up;
  ///   exact otherwise
  public long underReplicated() throws InterruptedException {
    return missing.count(layouts.current());
  }

  /// @param underReplicated as just counted
  public ClusterHealth health(long underReplicated) {
    return ClusterHealth.of(layouts.current(), nodes(), underReplicated);
  }

  /// The nodes that hold a blob at this moment.
  public List<NodeId> holders(BlobKey key) throws InterruptedException {
    long epoch = layouts.current().epoch();
    return Fan.out(
            monitor.snapshot().reachable(),
            view ->
                holds(view.node(), key, epoch)
                    ? Optional.of(view.node().id())
                    : Optional.<NodeId>empty())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private boolean holds(LayoutNode node, BlobKey key, long epoch) {
    try {
      return control.holds(node.address(), key, epoch);
    } catch (NodeCallException e) {
      LOG.info("{}", e.getMessage());
      return false;
    }
  }

  private Duration watch() throws InterruptedException {
    Optional<Layout> fresh = consultCatalog();
    monitor.look(fresh.orElseGet(layouts::current), fresh.isPresent());
    Map<NodeId, String> moved = monitor.snapshot().moved();
    if (fresh.isPresent() && lease.isPresent() && !moved.isEmpty()) {
      readdress(fresh.get(), moved);
    }
    return SECOND;
  }

  /// The newest layout; empty while the catalog does not answer. The nodes are looked at all the
  /// same.
  private Optional<Layout> consultCatalog() {
    try {
      Layout layout = layouts.poll().orElseThrow();
      lease = leases.hold(LEASE, holder, LEASE_TIME);
      catalog.succeeded();
      return Optional.of(layout);
    } catch (IOException | JdbiException e) {
      catalog.failed(e);
      return Optional.empty();
    }
  }

  private void readdress(Layout layout, Map<NodeId, String> moved) {
    List<LayoutNode> nodes =
        layout.nodes().stream()
            .map(node -> node.withAddress(moved.getOrDefault(node.id(), node.address())))
            .toList();
    Layout next = layout.withNodes(nodes);
    if (layoutStore.publish(next)) {
      layouts.learn(next);
      LOG.info("epoch {}: nodes at new addresses: {}", next.epoch(), moved);
    }
  }

  private Duration repair() throws InterruptedException {
    if (lease.isPresent()) {
      repairs.run(layouts.current(), changes.active().isEmpty());
    } else {
      monitor.leaveRepairsToAnother();
    }
    return SECOND;
  }

  private Duration change() throws IOException, InterruptedException {
    Optional<Lease> held = lease;
    while (held.isPresent()
        && runner.advance(held.get()) == ChangeRunner.Outcome.MOVED
        && !Thread.currentThread().isInterrupted()) {
      held = lease;
    }
    return SOON;
  }

  @Override
  public void close() {
    loops.reversed().forEach(Loop::close);
    repairs.close();
    lease.ifPresent(leases::release);
  }
}
