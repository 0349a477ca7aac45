package dev.tritontube.web.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.cluster.FakeNodes.FakeNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A cluster of fake nodes on a real catalog, with a clock that moves by hand.
final class ClusterFixture implements AutoCloseable {
  final FakeNodes nodes;
  final Database database;
  final LayoutStore layoutStore;
  final LeaseStore leases;
  final ChangeStore changeStore;
  final NodeStore nodeStore;
  final List<BlobKey> acknowledged = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  final InstantSource clock = () -> now;
  CatalogLayouts layouts;
  NodeMonitor monitor;
  ChangeRunner runner;
  LayoutChanges changes;
  Repairs repairs;
  Lease lease;
  private int servers;

  ClusterFixture(Path folder) throws IOException {
    this(folder, new FakeNodes());
  }

  /// @param nodes of another catalog's cluster, maybe
  ClusterFixture(Path folder, FakeNodes nodes) throws IOException {
    this.nodes = nodes;
    database = TestCatalog.open(folder);
    layoutStore = new LayoutStore(database.jdbi(), clock);
    leases = new LeaseStore(database.jdbi(), clock);
    changeStore = new ChangeStore(database.jdbi(), layoutStore);
    nodeStore = new NodeStore(database.jdbi());
    startServer();
  }

  /// Another web server takes over; the one before is dead.
  void startServer() {
    pass(Duration.ofSeconds(20));
    layouts = new CatalogLayouts(layoutStore);
    monitor = new NodeMonitor(nodes, nodeStore);
    runner = new ChangeRunner(changeStore, layouts, nodes, clock);
    repairs = new Repairs(nodes, monitor, clock, MoreExecutors.newDirectExecutorService());
    changes =
        new LayoutChanges(
            changeStore,
            layouts,
            nodeStore,
            door(),
            new LayoutChanges.Birth(clock, RandomGenerator.of("L64X128MixRandom")));
    lease = leases.hold("cluster", "server-" + servers++, Duration.ofSeconds(10)).orElseThrow();
  }

  NodeDoor door() {
    return new NodeDoor(nodes, clock, this::pass);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Layout bootstrap(int count) throws Exception {
    ClusterBootstrap bootstrap =
        new ClusterBootstrap(layoutStore, nodes, door(), RandomGenerator.of("L64X128MixRandom"));
    return bootstrap.ensureLayout(
        IntStream.rangeClosed(1, count).mapToObj(i -> nodes.node(i).address).toList());
  }

  void put(int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      BlobKey key = new BlobKey("a/blob-" + i);
      if (nodes.put(layouts.newest(), key)) {
        acknowledged.add(key);
      }
    }
  }

  /// Looks and repairs, as the background loops do about once a second.
  void tick() throws Exception {
    monitor.look(layouts.newest(), true);
    repairs.run(layouts.current(), changes.active().isEmpty());
    pass(Duration.ofSeconds(1));
  }

  /// Carries the change on to its end, with a look at the nodes and a write after each transition.
  int finish() throws Exception {
    int rounds = 0;
    while (runner.advance(lease) != ChangeRunner.Outcome.IDLE) {
      tick();
      put(100_000 + rounds * 3, 100_003 + rounds * 3);
      assertTrue(rounds++ < 100, () -> "stuck: " + changeStore.active());
    }
    tick();
    return rounds;
  }

  /// Every acknowledged blob is on all of its owners and nowhere else, and nobody is on record as
  /// missing anything.
  void assertWhole() throws Exception {
    Layout layout = layouts.newest();
    for (BlobKey key : acknowledged) {
      Set<String> owners =
          layout.owners(layout.arcOf(key)).stream()
              .map(LayoutNode::address)
              .collect(Collectors.toSet());
      assertEquals(owners, holders(layout, key), () -> "owners and holders of " + key);
    }
    assertEquals(0, underReplicated(), "under-replicated");
  }

  long underReplicated() throws Exception {
    return new UnderReplicated(nodes, monitor, nodeStore).count(layouts.newest());
  }

  private Set<String> holders(Layout layout, BlobKey key) {
    return layout.nodes().stream()
        .map(LayoutNode::address)
        .filter(
            address -> {
              try {
                return nodes.holds(address, key, layout.epoch());
              } catch (NodeCallException e) {
                return false;
              }
            })
        .collect(Collectors.toSet());
  }

  FakeNode node(int number) {
    return nodes.node(number);
  }

  @Override
  public void close() {
    database.close();
  }
}
