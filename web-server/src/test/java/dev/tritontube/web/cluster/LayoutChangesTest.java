package dev.tritontube.web.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.web.cluster.LayoutChanges.Terms;
import dev.tritontube.web.cluster.LayoutChanges.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutChangesTest {
  @TempDir Path folder;
  private ClusterFixture cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new ClusterFixture(folder);
    cluster.bootstrap(3);
    cluster.tick();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Wish add(int node) {
    return new Wish.Add(cluster.node(node).address, Optional.empty(), OptionalLong.empty());
  }

  private LayoutChange begin(Wish wish, long epoch) throws Exception {
    return cluster.changes.begin(wish, new Terms(OptionalLong.of(epoch), Duration.ofSeconds(30)));
  }

  private void refused(String code, Wish wish, long epoch) {
    assertEquals(code, assertThrows(ClusterException.class, () -> begin(wish, epoch)).code());
  }

  @Test
  void doesOnlyWhatWasPlannedFromTheLayoutThatIsTheNewest() throws Exception {
    refused("epoch_changed", add(4), 2);
    assertEquals(Optional.empty(), cluster.changes.active());
    begin(add(4), 1);
    cluster.finish();

    refused("epoch_changed", new Wish.Drain(cluster.node(1).address), 1);
    begin(new Wish.Drain(cluster.node(1).address), 3);
  }

  @Test
  void theSameWishAgainJoinsUnlessItWasPlannedFromAnotherLayout() throws Exception {
    LayoutChange change = begin(add(4), 1);
    cluster.runner.advance(cluster.lease);
    assertEquals(2, cluster.layouts.newest().epoch());

    assertEquals(change.id(), begin(add(4), 1).id());
    refused("epoch_changed", add(4), 2);
    refused("change_in_progress", add(5), 2);
  }
}
