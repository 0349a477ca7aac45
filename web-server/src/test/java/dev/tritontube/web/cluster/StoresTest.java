package dev.tritontube.web.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the catalog promises to the cluster.
class StoresTest {
  private static final Duration TIME = Duration.ofSeconds(10);

  @TempDir Path folder;
  private ClusterFixture cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new ClusterFixture(folder);
    cluster.bootstrap(3);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Layout newest() throws IOException {
    return cluster.layouts.newest();
  }

  @Test
  void publishesOnlyTheNextEpoch() throws Exception {
    Layout first = newest();
    Layout second = first.withNodes(first.nodes());
    assertFalse(cluster.layoutStore.publish(first));
    assertFalse(cluster.layoutStore.publish(second.withNodes(second.nodes())));
    assertTrue(cluster.layoutStore.publish(second));
    assertFalse(cluster.layoutStore.publish(second));
    assertEquals(second, newest());
  }

  @Test
  void keepsTheNewestWhenOldOnesGo() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertTrue(cluster.layoutStore.publish(newest().withNodes(newest().nodes())));
    }
    assertEquals(21, newest().epoch());
    int kept =
        cluster
            .database
            .jdbi()
            .withHandle(
                handle ->
                    handle.createQuery("SELECT COUNT(*) FROM layouts").mapTo(int.class).one());
    assertEquals(8, kept);
  }

  @Test
  void refreshFindsWhatAnotherServerPublished() throws Exception {
    Layout known = cluster.layouts.newest();
    CatalogLayouts other = new CatalogLayouts(cluster.layoutStore);
    assertEquals(known, other.refresh(1));
    assertTrue(cluster.layoutStore.publish(known.withNodes(known.nodes())));
    assertEquals(1, other.current().epoch());
    assertEquals(2, other.refresh(2).epoch());
    assertThrows(IOException.class, () -> other.refresh(3));
  }

  @Test
  void aLeaseIsHeldByOneUntilItRunsOut() {
    Optional<Lease> first = cluster.leases.hold("other", "a", TIME);
    assertTrue(first.isPresent());
    assertTrue(cluster.leases.hold("other", "b", TIME).isEmpty());
    assertEquals(first, cluster.leases.hold("other", "a", TIME));

    cluster.pass(TIME);
    Lease second = cluster.leases.hold("other", "b", TIME).orElseThrow();
    assertTrue(second.fence() > first.get().fence());
    assertTrue(cluster.leases.hold("other", "a", TIME).isEmpty());
  }

  @Test
  void aLeaseThatIsGivenBackIsFreeAtOnce() {
    cluster.leases.release(cluster.leases.hold("other", "a", TIME).orElseThrow());
    assertTrue(cluster.leases.hold("other", "b", TIME).isPresent());
  }
}
