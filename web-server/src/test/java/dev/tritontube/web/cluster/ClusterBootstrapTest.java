package dev.tritontube.web.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.Layout;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterBootstrapTest {
  @TempDir Path folder;
  private ClusterFixture cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new ClusterFixture(folder);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private String refusal() {
    return assertThrows(ClusterException.class, () -> cluster.bootstrap(3)).code();
  }

  @Test
  void makesEpochOneOfTheNodesAndGivesItToThem() throws Exception {
    Layout layout = cluster.bootstrap(3);
    assertEquals(1, layout.epoch());
    assertEquals(16384, layout.arcs());
    assertEquals(3, layout.replicas());
    assertEquals(Optional.of(layout.clusterId()), cluster.node(2).cluster);
    assertEquals(1, cluster.node(3).epoch());
  }

  @Test
  void keepsFewerReplicasOnFewerNodes() throws Exception {
    assertEquals(2, cluster.bootstrap(2).replicas());
  }

  @Test
  void goesByTheCatalogOnLaterStarts() throws Exception {
    Layout layout = cluster.bootstrap(3);
    cluster.node(4);
    assertEquals(layout, cluster.bootstrap(4));
  }

  @Test
  void saysWhichNodeDoesNotAnswer() {
    cluster.node(2).up = false;
    ClusterException failure = assertThrows(ClusterException.class, () -> cluster.bootstrap(3));
    assertEquals(ClusterException.Kind.UNREACHABLE, failure.kind());
    assertTrue(failure.getMessage().contains("9102"), failure::getMessage);
  }

  @Test
  void takesNoNodeOfAnotherClusterAndNothingHasHappenedThen() {
    cluster.node(3).cluster = Optional.of("another");
    assertEquals("wrong_cluster", refusal());
    assertEquals(0, cluster.layoutStore.newestEpoch());
  }

  @Test
  void needsNodes() {
    assertEquals(
        "no_nodes", assertThrows(ClusterException.class, () -> cluster.bootstrap(0)).code());
  }
}
