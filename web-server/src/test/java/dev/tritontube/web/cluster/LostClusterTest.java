package dev.tritontube.web.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.cluster.LayoutChanges.Terms;
import dev.tritontube.web.cluster.LayoutChanges.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostClusterTest {
  @TempDir Path folder;
  @TempDir Path other;
  private ClusterFixture cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new ClusterFixture(folder);
    cluster.bootstrap(3);
    cluster.tick();
    cluster.put(0, 200);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Optional<LostCluster> find(String... addresses) throws Exception {
    return LostCluster.find(List.of(addresses), cluster.nodes, cluster.clock, cluster::pass);
  }

  private void add(int node) throws Exception {
    cluster.changes.begin(
        new Wish.Add(cluster.node(node).address, Optional.empty(), OptionalLong.empty()),
        Terms.within(Duration.ofSeconds(30)));
  }

  /// Makes the catalog anew, as a restore does, and a web server on it.
  private ClusterFixture enter(LostCluster lost, NodeId... before) throws Exception {
    ClusterFixture fresh = new ClusterFixture(other, cluster.nodes);
    fresh
        .database
        .jdbi()
        .useTransaction(tx -> lost.enter(tx, fresh.database.jdbi(), List.of(before)));
    fresh.acknowledged.addAll(cluster.acknowledged);
    return fresh;
  }

  @Test
  void isFoundByAnyOneOfItsNodesAndGoesOnAtALaterEpoch() throws Exception {
    add(4);
    cluster.finish();
    long epoch = cluster.layouts.newest().epoch();
    LostCluster lost = find(cluster.node(2).address).orElseThrow();
    lost.serve();
    assertEquals(epoch, lost.current().epoch());

    try (ClusterFixture fresh = enter(lost)) {
      Layout layout = fresh.layouts.newest();
      assertTrue(layout.epoch() > epoch + 100);
      assertEquals(4, layout.nodes().size());
      fresh.tick();
      fresh.tick();
      assertEquals(layout, cluster.node(1).layout);
      fresh.put(500, 550);
      fresh.assertWhole();
    }
  }

  @Test
  void theNewestLayoutThatAnyNodeKnowsCounts() throws Exception {
    add(4);
    cluster.runner.advance(cluster.lease);
    Layout joint = cluster.layouts.newest();
    assertTrue(joint.joint());
    cluster.nodes.install(cluster.node(3).address, joint);

    LostCluster lost = find(cluster.node(1).address, cluster.node(2).address).orElseThrow();
    lost.serve();

    assertEquals(joint, lost.current());
    assertEquals(joint, cluster.node(1).layout);
  }

  @Test
  void aChangeThatWasUnderWayIsGivenUpAndNothingIsLost() throws Exception {
    add(4);
    while (cluster.changes.active().orElseThrow().phase() != ChangePhase.COPY) {
      cluster.runner.advance(cluster.lease);
    }
    cluster.runner.advance(cluster.lease);
    cluster.put(300, 400);
    LostCluster lost = find(cluster.node(4).address).orElseThrow();
    lost.serve();

    try (ClusterFixture fresh = enter(lost)) {
      Layout layout = fresh.layouts.newest();
      assertFalse(layout.joint());
      assertTrue(layout.arcsOwnedBy(cluster.node(4).id).isEmpty());
      for (int i = 0; i < 5; i++) {
        fresh.tick();
      }
      fresh.assertWhole();
      // And it can be begun again.
      fresh.changes.begin(
          new Wish.Drain(cluster.node(4).address), Terms.within(Duration.ofSeconds(1)));
      fresh.finish();
      fresh.assertWhole();
    }
  }

  @Test
  void tooFewNodesMayNotKnowEnough() throws Exception {
    LostCluster lost = find(cluster.node(1).address).orElseThrow();
    cluster.node(2).up = false;
    lost.serve();
    cluster.node(3).up = false;
    assertEquals("too_few_nodes", assertThrows(ClusterException.class, lost::serve).code());
  }

  @Test
  void whoLeftSinceMayNotComeBackWithItsData() throws Exception {
    LostCluster lost = find(cluster.node(1).address).orElseThrow();
    lost.serve();
    NodeId gone = new NodeId("00000000000000ff");
    try (ClusterFixture fresh = enter(lost, gone, cluster.node(1).id)) {
      assertTrue(fresh.nodeStore.wasLost(gone));
      assertFalse(fresh.nodeStore.wasLost(cluster.node(1).id));
    }
  }

  @Test
  void nodesOfNoClusterOrOfSeveralAreNone() throws Exception {
    assertEquals(Optional.empty(), find(cluster.node(7).address, cluster.node(8).address));
    assertEquals(Optional.empty(), find(cluster.node(1).address, cluster.node(8).address));
    cluster.node(9).cluster = Optional.of("another");
    assertEquals(Optional.empty(), find(cluster.node(1).address, cluster.node(9).address));
    cluster.node(8).up = false;
    assertTrue(find(cluster.node(1).address, cluster.node(8).address).isPresent());
  }
}
