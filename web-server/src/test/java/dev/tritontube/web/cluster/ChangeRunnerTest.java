package dev.tritontube.web.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeState;
import dev.tritontube.web.cluster.LayoutChanges.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeRunnerTest {
  @TempDir Path folder;
  private ClusterFixture cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new ClusterFixture(folder);
    cluster.bootstrap(3);
    cluster.tick();
    cluster.put(0, 500);
    assertEquals(500, cluster.acknowledged.size());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private LayoutChange begin(Wish wish) throws Exception {
    return cluster.changes.begin(wish, LayoutChanges.Terms.within(Duration.ofSeconds(30)));
  }

  private static Wish add(String address) {
    return new Wish.Add(address, Optional.empty(), OptionalLong.empty());
  }

  private LayoutChange addFourth() throws Exception {
    LayoutChange change = begin(add(cluster.node(4).address));
    cluster.finish();
    return cluster.changes.find(change.id()).orElseThrow();
  }

  @Test
  void addingANodeGivesItItsShareAndNoMore() throws Exception {
    LayoutChange done = addFourth();

    cluster.assertWhole();
    Layout layout = cluster.layouts.newest();
    assertFalse(layout.joint());
    assertEquals(12288, layout.ownedCounts().get(cluster.node(4).id));
    assertEquals(ChangePhase.DONE, done.phase());
    assertEquals(12288, done.movement().arcReplicas());
    assertEquals(12288, done.movement().minimum());
    assertEquals(12288, done.movement().copied());
    assertTrue(done.movement().blobs() > 300, done::toString);
  }

  @Test
  void drainingANodeMovesEverythingAwayAndKeepsItInTheList() throws Exception {
    addFourth();
    LayoutChange change = begin(new Wish.Drain(cluster.node(1).id.value()));
    cluster.finish();

    cluster.assertWhole();
    Layout layout = cluster.layouts.newest();
    assertEquals(NodeState.DRAINED, layout.node(cluster.node(1).id).orElseThrow().state());
    assertTrue(cluster.node(1).blobs.isEmpty());
    assertEquals(12288, cluster.changes.find(change.id()).orElseThrow().movement().arcReplicas());
  }

  @Test
  void removingADrainedNodeMovesNothing() throws Exception {
    addFourth();
    begin(new Wish.Drain(cluster.node(1).address));
    cluster.finish();
    LayoutChange change = begin(new Wish.Remove(cluster.node(1).address, false));
    cluster.finish();

    assertTrue(cluster.layouts.newest().node(cluster.node(1).id).isEmpty());
    assertEquals(0, cluster.changes.find(change.id()).orElseThrow().movement().arcReplicas());
    cluster.assertWhole();
  }

  @Test
  void removingDrainsFirst() throws Exception {
    addFourth();
    begin(new Wish.Remove(cluster.node(2).address, false));
    cluster.finish();

    assertTrue(cluster.layouts.newest().node(cluster.node(2).id).isEmpty());
    assertTrue(cluster.node(2).blobs.isEmpty());
    cluster.assertWhole();
  }

  @Test
  void removesANodeWhoseDiskFailedAlthoughItCannotBePurged() throws Exception {
    addFourth();
    cluster.node(2).disk = NodeDescription.Disk.FAILED;

    begin(new Wish.Remove(cluster.node(2).address, false));
    cluster.finish();

    assertTrue(cluster.layouts.newest().node(cluster.node(2).id).isEmpty());
    cluster.assertWhole();
  }

  @Test
  void removingALostNodeByForceMakesItsReplicasAnew() throws Exception {
    addFourth();
    cluster.node(3).up = false;
    cluster.tick();
    cluster.tick();
    cluster.put(500, 600);
    assertTrue(cluster.acknowledged.size() >= 600);
    assertEquals(
        "node_down",
        assertThrows(
                ClusterException.class,
                () -> begin(new Wish.Remove(cluster.node(3).address, false)))
            .code());

    begin(new Wish.Remove(cluster.node(3).address, true));
    cluster.finish();

    assertTrue(cluster.layouts.newest().node(cluster.node(3).id).isEmpty());
    cluster.assertWhole();
    cluster.node(3).up = true;
    assertEquals(
        "node_was_lost",
        assertThrows(ClusterException.class, () -> begin(add(cluster.node(3).address))).code());
  }

  @Test
  void goesOnAfterADeathAtEveryCallToANode() throws Exception {
    int deaths = 0;
    begin(add(cluster.node(4).address));
    while (survives(deaths)) {
      deaths++;
    }
    cluster.tick();
    cluster.assertWhole();
    begin(new Wish.Remove(cluster.node(1).address, false));
    while (survives(deaths % 13)) {
      deaths++;
    }
    cluster.tick();
    cluster.assertWhole();
    assertTrue(deaths > 10, "died " + deaths + " times");
  }

  /// Lets the server die at its n-th call from now, and another take over; false when the change
  /// was over before.
  private boolean survives(int calls) throws Exception {
    cluster.nodes.killCallerAfter(calls);
    boolean died = false;
    try {
      cluster.finish();
    } catch (FakeNodes.Killed | IllegalStateException e) {
      died = true;
    }
    cluster.nodes.killCallerAfter(Integer.MAX_VALUE);
    cluster.startServer();
    return died;
  }

  @Test
  void waitsWhileMoreNodesAreSilentThanAWriteCanDoWithout() throws Exception {
    begin(add(cluster.node(4).address));
    assertEquals(ChangeRunner.Outcome.MOVED, cluster.runner.advance(cluster.lease));
    cluster.node(1).up = false;
    cluster.node(2).up = false;

    assertEquals(ChangeRunner.Outcome.WAITING, cluster.runner.advance(cluster.lease));
    LayoutChange waiting = cluster.changes.active().orElseThrow();
    assertEquals(ChangePhase.PREPARE, waiting.phase());
    assertTrue(waiting.waiting().contains("too many nodes"), waiting::waiting);

    cluster.node(1).up = true;
    cluster.node(2).up = true;
    cluster.finish();
    cluster.assertWhole();
  }

  @Test
  void copiesWithoutANodeThatIsDownAndBringsItUpToDateLater() throws Exception {
    cluster.node(2).up = false;
    cluster.put(500, 700);
    begin(add(cluster.node(4).address));
    cluster.finish();
    cluster.put(700, 800);
    cluster.nodes.restart(cluster.node(2), cluster.node(2).address);
    cluster.tick();
    cluster.tick();

    cluster.assertWhole();
    assertTrue(cluster.acknowledged.size() >= 800);
  }

  @Test
  void aServerThatLostItsLeaseChangesNothing() throws Exception {
    LayoutChange change = begin(add(cluster.node(4).address));
    Lease stale = cluster.lease;
    cluster.startServer();

    assertEquals(ChangeRunner.Outcome.WAITING, cluster.runner.advance(stale));
    assertEquals(1, cluster.layouts.newest().epoch());
    assertEquals(change.phase(), cluster.changes.active().orElseThrow().phase());
  }

  @Test
  void aNodeThatMovesMeanwhileKeepsItsNewAddress() throws Exception {
    begin(add(cluster.node(4).address));
    cluster.runner.advance(cluster.lease);
    cluster.nodes.restart(cluster.node(2), "127.0.0.1:9999");
    Layout joint = cluster.layouts.newest();
    Layout moved =
        joint.withNodes(
            joint.nodes().stream()
                .map(
                    node ->
                        node.id().value().endsWith("2") ? node.withAddress("127.0.0.1:9999") : node)
                .toList());
    assertTrue(cluster.layoutStore.publish(moved));
    cluster.finish();

    Layout settled = cluster.layouts.newest();
    assertFalse(settled.joint());
    assertEquals(4, settled.epoch());
    assertTrue(settled.nodes().stream().anyMatch(node -> node.address().endsWith(":9999")));
  }

  @Test
  void refusesWhatWouldLeaveTooFewNodes() {
    ClusterException refusal =
        assertThrows(ClusterException.class, () -> begin(new Wish.Drain(cluster.node(1).address)));
    assertEquals("too_few_nodes", refusal.code());
    assertEquals(ClusterException.Kind.REFUSED, refusal.kind());
  }

  @Test
  void refusesASecondChangeButJoinsTheSameOne() throws Exception {
    LayoutChange change = begin(add(cluster.node(4).address));
    assertEquals(change.id(), begin(add(cluster.node(4).address)).id());
    assertEquals(
        "change_in_progress",
        assertThrows(
                ClusterException.class,
                () -> begin(new Wish.Remove(cluster.node(1).address, false)))
            .code());
  }

  @Test
  void refusesStrangersMembersAndTheSilent() {
    cluster.node(4).cluster = Optional.of("another");
    assertEquals("wrong_cluster", codeOf(add(cluster.node(4).address)));
    assertEquals("already_member", codeOf(add(cluster.node(1).address)));
    cluster.node(5).up = false;
    assertEquals("node_unreachable", codeOf(add(cluster.node(5).address)));
    assertEquals("unknown_node", codeOf(new Wish.Drain("nobody")));
  }

  private String codeOf(Wish wish) {
    return assertThrows(ClusterException.class, () -> begin(wish)).code();
  }

  @Test
  void aNodeThatIsRemovedWaitsUntilItsHintsAreDelivered() throws Exception {
    addFourth();
    begin(new Wish.Remove(cluster.node(4).address, false));
    MissingReplica hint =
        new MissingReplica(new dev.tritontube.ring.BlobKey("a/x"), cluster.node(1).id, true, 0);
    cluster.node(4).notes.add(hint);
    ChangeRunner.Outcome outcome = ChangeRunner.Outcome.MOVED;
    for (int i = 0; i < 30; i++) {
      outcome = cluster.runner.advance(cluster.lease);
      cluster.pass(Duration.ofSeconds(1));
    }
    assertEquals(ChangeRunner.Outcome.WAITING, outcome);
    assertTrue(cluster.changes.active().orElseThrow().waiting().contains("keeps 1 blobs"));

    cluster.node(4).notes.clear();
    cluster.finish();
    assertTrue(cluster.layouts.newest().node(cluster.node(4).id).isEmpty());
  }
}
