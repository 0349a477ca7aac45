package dev.tritontube.web.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.Layout;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMonitorTest {
  @TempDir Path folder;
  private ClusterFixture cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new ClusterFixture(folder);
    cluster.bootstrap(3);
    cluster.tick();
    look();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private void look() throws Exception {
    cluster.monitor.look(cluster.layouts.newest(), true);
  }

  private NodeView view(int number) {
    return cluster.monitor.snapshot().view(cluster.node(number).id).orElseThrow();
  }

  @Test
  void aNodeIsDownWhenItWasSilentTwice() throws Exception {
    assertEquals(NodeCondition.UP, view(1).condition());
    cluster.node(1).up = false;
    look();
    assertEquals(NodeCondition.UP, view(1).condition());
    look();
    assertEquals(NodeCondition.DOWN, view(1).condition());

    cluster.node(1).up = true;
    look();
    assertEquals(NodeCondition.SYNCING, view(1).condition());
    cluster.tick();
    look();
    assertEquals(NodeCondition.UP, view(1).condition());
  }

  @Test
  void goesOnLookingWithoutTheCatalog() throws Exception {
    cluster.database.close();
    cluster.node(1).up = false;
    cluster.monitor.look(cluster.layouts.current(), false);
    cluster.monitor.look(cluster.layouts.current(), false);

    assertEquals(NodeCondition.DOWN, view(1).condition());
    assertEquals(NodeCondition.UP, view(2).condition());
  }

  @Test
  void aServerThatLeavesRepairsToAnotherSeesThatANodeIsUpAgain() throws Exception {
    NodeMonitor second = new NodeMonitor(cluster.nodes, cluster.nodeStore);
    cluster.node(1).up = false;
    lookTwice(second);
    cluster.nodes.restart(cluster.node(1), cluster.node(1).address);
    lookTwice(second);
    assertEquals(Set.of(cluster.node(1).id), second.snapshot().away());

    cluster.tick();
    second.leaveRepairsToAnother();
    lookTwice(second);
    assertEquals(Set.of(), second.snapshot().away());
  }

  private void lookTwice(NodeMonitor monitor) throws Exception {
    monitor.look(cluster.layouts.newest(), true);
    monitor.look(cluster.layouts.newest(), true);
  }

  @Test
  void aNodeThatRestartedIsGivenTheLayoutAndSynchronised() throws Exception {
    cluster.nodes.restart(cluster.node(2), cluster.node(2).address);
    assertFalse(cluster.node(2).serving);
    look();
    assertTrue(cluster.node(2).serving);
    assertEquals(NodeCondition.SYNCING, view(2).condition());
  }

  @Test
  void aServerWithoutTheCatalogGivesNobodyALayout() throws Exception {
    cluster.nodes.restart(cluster.node(2), cluster.node(2).address);
    cluster.monitor.look(cluster.layouts.current(), false);
    assertFalse(cluster.node(2).serving);
  }

  @Test
  void givesANewerLayout() throws Exception {
    Layout layout = cluster.layouts.newest();
    assertTrue(cluster.layoutStore.publish(layout.withNodes(layout.nodes())));
    look();
    assertEquals(2, cluster.node(1).epoch());
  }

  @Test
  void sawAFullAndAFailedDisk() throws Exception {
    cluster.node(1).disk = NodeDescription.Disk.FULL;
    cluster.node(2).disk = NodeDescription.Disk.FAILED;
    look();
    assertEquals(NodeCondition.FULL, view(1).condition());
    assertEquals(NodeCondition.FAILED, view(2).condition());
    assertTrue(view(1).condition().reachable());
    assertFalse(view(2).condition().reachable());
  }

  @Test
  void refusesANodeOfAnotherCluster() throws Exception {
    cluster.node(3).cluster = Optional.of("another");
    look();
    assertEquals(NodeCondition.REFUSED, view(3).condition());
    assertTrue(view(3).detail().contains("another"), view(3)::detail);
  }

  @Test
  void findsANodeThatMoved() throws Exception {
    String moved = "127.0.0.1:9999";
    cluster.nodes.restart(cluster.node(3), moved);
    announce(3, moved);
    look();
    assertEquals(Map.of(cluster.nodes.at(moved).id, moved), cluster.monitor.snapshot().moved());
  }

  @Test
  void refusesANodeThatLivesTwice() throws Exception {
    String twin = "127.0.0.1:9999";
    cluster.nodes.copy(cluster.node(3), twin);
    announce(3, twin);
    look();
    assertEquals(NodeCondition.REFUSED, view(3).condition());
    assertTrue(view(3).detail().contains(twin), view(3)::detail);
    assertTrue(cluster.monitor.snapshot().moved().isEmpty());
  }

  /// The first node was told that another is at this address.
  private void announce(int number, String address) throws Exception {
    Layout layout = cluster.layouts.newest();
    cluster
        .node(1)
        .announced
        .add(
            new NodeDescription.Announcement(
                layout.nodes().get(number - 1).id(), layout.clusterId(), address));
  }
}
