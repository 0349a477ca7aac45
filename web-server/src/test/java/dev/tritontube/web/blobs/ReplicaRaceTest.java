package dev.tritontube.web.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplicaRaceTest {
  private static final LayoutNode FIRST = node(1);
  private static final LayoutNode SECOND = node(2);

  private final FirstAnswers firstAnswers = new FirstAnswers();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ReplicaRace race = new ReplicaRace(firstAnswers, new RingMetrics(meters));

  private static LayoutNode node(int number) {
    return new LayoutNode(
        new NodeId("%016x".formatted(number)), "127.0.0.1:1", "zone", 1, NodeState.ACTIVE);
  }

  private <T> ReplicaRace.Result<T> run(ReplicaRace.Ask<T> ask) throws InterruptedException {
    return race.run(ask, 1, Duration.ofSeconds(1), FIRST, () -> Optional.of(SECOND));
  }

  @Test
  void oneAnswerIsEnough() throws Exception {
    ReplicaRace.Result<LayoutNode> result = run((node, _, _) -> node);
    assertEquals(FIRST, result.answer());
    assertEquals(0, meters.counter("tritontube.ring.hedges").count());
  }

  @Test
  void aSecondReplicaAnswersForASlowOneWhichIsCancelled() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    ReplicaRace.Result<LayoutNode> result =
        run(
            (node, _, _) -> {
              if (node.equals(FIRST)) {
                waitUntilCancelled(cancelled);
              }
              return node;
            });
    assertEquals(SECOND, result.answer());
    assertEquals(1, meters.counter("tritontube.ring.hedges").count());
    cancelled.await();
  }

  private static void waitUntilCancelled(CountDownLatch cancelled) throws InterruptedException {
    try {
      new CountDownLatch(1).await();
      fail("opened by nobody");
    } catch (InterruptedException interrupted) {
      cancelled.countDown();
      throw interrupted;
    }
  }

  @Test
  void aLateAnswerIsGivenBack() throws Exception {
    CountDownLatch winnerIsKnown = new CountDownLatch(1);
    CountDownLatch discarded = new CountDownLatch(1);
    ReplicaRace.Ask<LayoutNode> ask =
        new ReplicaRace.Ask<>() {
          @Override
          public LayoutNode ask(LayoutNode node, long epoch, Duration patience) {
            while (node.equals(FIRST) && winnerIsKnown.getCount() > 0) {
              Thread.onSpinWait();
              Thread.yield();
            }
            return node;
          }

          @Override
          public void discard(LayoutNode answer) {
            assertEquals(FIRST, answer);
            discarded.countDown();
          }
        };
    try {
      assertEquals(SECOND, run(ask).answer());
    } finally {
      winnerIsKnown.countDown();
    }
    discarded.await();
  }

  @Test
  void hedgesAreASmallPartOfAllReads() {
    int hedges = 0;
    for (int i = 0; i < 1000; i++) {
      firstAnswers.answeredAfter(1);
      hedges += firstAnswers.mayHedge() ? 1 : 0;
    }
    assertEquals(51, hedges, 1);
  }

  @Test
  void givesUpOnCallsThatDoNotEnd() throws Exception {
    ReplicaRace.Result<LayoutNode> result =
        run(
            (node, _, _) -> {
              new CountDownLatch(1).await();
              return node;
            });
    assertNull(result.answer());
    assertEquals(
        List.of(FIRST, SECOND), result.lost().stream().map(ReplicaRace.Lost::node).toList());
  }

  @Test
  void aCallThatBreaksIsOneThatFailed() throws Exception {
    ReplicaRace.Result<LayoutNode> result =
        run(
            (_, _, _) -> {
              throw new IllegalStateException("broken");
            });
    assertNull(result.answer());
    assertEquals(List.of(FIRST), result.lost().stream().map(ReplicaRace.Lost::node).toList());
  }

  @Test
  void tellsWhyNobodyAnswered() throws Exception {
    ReplicaRace.Result<LayoutNode> result =
        run(
            (node, _, _) -> {
              throw NodeException.of(node, "get", FailureCode.NOT_FOUND);
            });
    assertNull(result.answer());
    assertEquals(List.of(FIRST), result.lost().stream().map(ReplicaRace.Lost::node).toList());
  }
}
