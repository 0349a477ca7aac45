package dev.tritontube.web.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RepairsTest {
  @TempDir Path folder;
  private ClusterFixture cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new ClusterFixture(folder);
    cluster.bootstrap(3);
    cluster.tick();
    cluster.put(0, 50);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void countsABlobOnceWhoeverHasItOnRecord() throws Exception {
    cluster.node(2).up = false;
    cluster.put(50, 80);
    cluster.tick();
    cluster.tick();
    assertEquals(30, cluster.underReplicated());
  }

  @Test
  void repairsWhatIsOnRecordAlsoForANodeThatWasNeverDown() throws Exception {
    BlobKey key = new BlobKey("a/slow");
    cluster.node(1).blobs.add(key);
    cluster.node(2).blobs.add(key);
    cluster.node(1).notes.add(new MissingReplica(key, cluster.node(3).id, false, 0));
    cluster.tick();

    assertTrue(cluster.node(3).blobs.contains(key));
    assertEquals(0, cluster.underReplicated());
  }

  @Test
  void repairsANodeHoweverMuchIsOnRecordForOneThatIsDown() throws Exception {
    cluster.node(2).up = false;
    for (int i = 0; i < 10_000; i++) {
      BlobKey missed = new BlobKey("a/missed-" + i);
      cluster.node(1).notes.add(new MissingReplica(missed, cluster.node(2).id, false, 0));
    }
    BlobKey key = new BlobKey("a/slow");
    cluster.node(1).blobs.add(key);
    cluster.node(1).notes.add(new MissingReplica(key, cluster.node(3).id, false, 0));
    cluster.tick();

    assertTrue(cluster.node(3).blobs.contains(key));
  }

  @Test
  @Timeout(60)
  void aSilentNodeKeepsNoOtherWaiting() throws Exception {
    CompletableFuture<Void> otherWasServed = new CompletableFuture<>();
    cluster.nodes.beforeSync =
        address -> {
          if (address.equals(cluster.node(2).address)) {
            otherWasServed.join();
          } else {
            otherWasServed.complete(null);
          }
        };
    BlobKey key = new BlobKey("a/slow");
    cluster.node(1).blobs.add(key);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Repairs repairs = new Repairs(cluster.nodes, cluster.monitor, cluster.clock, threads);
      for (int number : List.of(2, 3)) {
        cluster.node(1).notes.add(new MissingReplica(key, cluster.node(number).id, false, 0));
        cluster.monitor.look(cluster.layouts.newest(), true);
        repairs.run(cluster.layouts.current(), true);
      }
    }
    assertTrue(cluster.node(2).blobs.contains(key));
    assertTrue(cluster.node(3).blobs.contains(key));
  }

  @Test
  void keepsRecordsOfANodeThatIsStillDown() throws Exception {
    cluster.node(2).up = false;
    cluster.put(50, 60);
    for (int i = 0; i < 5; i++) {
      cluster.tick();
    }
    assertEquals(10, cluster.underReplicated());
    cluster.nodes.restart(cluster.node(2), cluster.node(2).address);
    cluster.tick();
    cluster.tick();
    assertEquals(0, cluster.underReplicated());
    cluster.assertWhole();
  }

  @Test
  void aNodeStaysSyncingWhileTooManyOthersCannotBeListed() throws Exception {
    cluster.node(1).up = false;
    cluster.node(2).up = false;
    cluster.nodes.restart(cluster.node(3), cluster.node(3).address);
    cluster.tick();
    cluster.tick();
    assertEquals(NodeCondition.SYNCING, condition());

    cluster.node(1).up = true;
    cluster.pass(Duration.ofSeconds(5));
    cluster.tick();
    cluster.tick();
    assertEquals(NodeCondition.UP, condition());
  }

  private NodeCondition condition() {
    return cluster.monitor.snapshot().view(cluster.node(3).id).orElseThrow().condition();
  }

  @Test
  void aNodeThatReturnsForgetsWhatItDoesNotOwnAnyMore() throws Exception {
    BlobKey key = new BlobKey("a/old");
    addNode(4);
    cluster.finish();
    int loser =
        IntStream.rangeClosed(1, 4)
            .filter(
                number ->
                    !cluster
                        .layouts
                        .current()
                        .owns(cluster.node(number).id, cluster.layouts.current().arcOf(key)))
            .findFirst()
            .orElseThrow();
    cluster.node(loser).blobs.add(key);
    cluster.nodes.restart(cluster.node(loser), cluster.node(loser).address);
    cluster.tick();

    assertFalse(cluster.node(loser).blobs.contains(key), "node " + loser);
  }

  @Test
  void aNodeThatReturnsDuringAChangeForgetsWhatItDoesNotOwnAfterwards() throws Exception {
    addNode(4);
    cluster.finish();
    addNode(5);
    cluster.finish();
    for (int i = 0; i < 100; i++) {
      cluster.node(2).blobs.add(new BlobKey("a/old-" + i));
    }
    begin(new LayoutChanges.Wish.Drain(cluster.node(5).address));
    cluster.nodes.restart(cluster.node(2), cluster.node(2).address);
    cluster.tick();
    cluster.finish();

    Layout layout = cluster.layouts.current();
    for (BlobKey key : cluster.node(2).blobs) {
      assertTrue(layout.owns(cluster.node(2).id, layout.arcOf(key)), key::value);
    }
  }

  @Test
  void whatOnlyALostNodeKnewToBeMissingIsFoundByComparingAllOthers() throws Exception {
    addNode(4);
    cluster.finish();
    BlobKey key = keyWithout(4);
    cluster.node(1).blobs.add(key);
    cluster.node(3).blobs.add(key);
    cluster.node(4).blobs.add(key);
    cluster.node(4).notes.add(new MissingReplica(key, cluster.node(2).id, true, 0));
    cluster.node(4).up = false;
    begin(new LayoutChanges.Wish.Remove(cluster.node(4).address, true));
    while (cluster.changeStore.active().isPresent()) {
      cluster.runner.advance(cluster.lease);
      cluster.pass(Duration.ofSeconds(1));
    }

    assertEquals(1, cluster.underReplicated());
    cluster.tick();
    assertTrue(cluster.node(2).blobs.contains(key));
    assertEquals(0, cluster.underReplicated());
  }

  /// A key that a node does not own.
  private BlobKey keyWithout(int node) {
    Layout layout = cluster.layouts.current();
    return IntStream.range(0, 1000)
        .mapToObj(i -> new BlobKey("a/parked-" + i))
        .filter(key -> !layout.owns(cluster.node(node).id, layout.arcOf(key)))
        .findFirst()
        .orElseThrow();
  }

  private void addNode(int number) throws Exception {
    begin(
        new LayoutChanges.Wish.Add(
            cluster.node(number).address, Optional.empty(), OptionalLong.empty()));
  }

  private void begin(LayoutChanges.Wish wish) throws Exception {
    cluster.changes.begin(wish, LayoutChanges.Terms.within(Duration.ofSeconds(30)));
  }
}
