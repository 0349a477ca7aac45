package dev.tritontube.web.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.Eventually;
import dev.tritontube.web.blobs.NodeStatus.State;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeHealthTest {

  /// Checks again and again until it is so.
  private static void checkUntil(FakeRing ring, BooleanSupplier condition) throws Exception {
    Eventually.holds(
        "checks see it",
        () -> {
          ring.health.checkAll();
          return condition.getAsBoolean();
        });
  }

  private static State state(FakeRing ring, FakeNode node) {
    return ring.health.state(node.id);
  }

  @Test
  void noticesThatANodeDiedAndThatItCameBack() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      FakeNode node = ring.all().getFirst();
      assertEquals(State.UNKNOWN, state(ring, node));
      checkUntil(ring, () -> state(ring, node) == State.UP);
      node.kill();
      checkUntil(ring, () -> state(ring, node) == State.DOWN);
      assertEquals(0, gauge(ring, node));
      node.restart();
      checkUntil(ring, () -> state(ring, node) == State.UP);
      assertEquals(1, gauge(ring, node));
    }
  }

  private static double gauge(FakeRing ring, FakeNode node) {
    return ring.meters.get("tritontube.node.state").tag("node", node.id.value()).gauge().value();
  }

  @Test
  void aNodeThatDoesNotServeIsDown() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      FakeNode node = ring.all().getFirst();
      node.serves(false);
      checkUntil(ring, () -> state(ring, node) == State.DOWN);
      node.serves(true);
      checkUntil(ring, () -> state(ring, node) == State.UP);
    }
  }

  @Test
  void knowsTheNodesOfTheLayout() throws Exception {
    try (FakeRing ring = new FakeRing(4)) {
      checkUntil(ring, () -> ring.health.snapshot().size() == 4);
      assertTrue(ring.health.snapshot().values().stream().allMatch(seen -> seen.inFlight() == 0));
    }
  }
}
