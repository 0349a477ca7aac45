package dev.tritontube.web.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.blobs.NodeStatus.State;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class NodeVitalsTest {
  private final NodeVitals vitals = new NodeVitals(InstantSource.fixed(Instant.EPOCH));

  @Test
  void oneLostConnectionMakesANodeSuspect() {
    vitals.callSucceeded();
    vitals.callFailed(true, "connection refused");
    assertEquals(State.SUSPECT, vitals.state());
    assertEquals("connection refused", vitals.status().detail());
  }

  @Test
  void oddErrorsCountOnlyInARow() {
    vitals.callFailed(false, "odd");
    vitals.callFailed(false, "odd");
    vitals.callSucceeded();
    vitals.callFailed(false, "odd");
    vitals.callFailed(false, "odd");
    assertEquals(State.UP, vitals.state());
    vitals.callFailed(false, "odd");
    assertEquals(State.SUSPECT, vitals.state());
  }

  @Test
  void aSecondFailedCheckMeansDownAndASuccessfulOneUp() {
    vitals.checkFailed("no answer");
    assertEquals(State.SUSPECT, vitals.state());
    vitals.checkFailed("no answer");
    assertEquals(State.DOWN, vitals.state());
    vitals.checkPassed(true);
    assertEquals(State.UP, vitals.state());
    assertEquals("", vitals.status().detail());
  }

  @Test
  void aNodeIsNotUpBeforeItsDataConnectionsAre() {
    vitals.checkFailed("no answer");
    vitals.checkPassed(false);
    assertEquals(State.SUSPECT, vitals.state());
  }

  @Test
  void aNodeThatDoesNotServeIsDown() {
    vitals.callSucceeded();
    vitals.refusesToServe();
    assertEquals(State.DOWN, vitals.state());
  }

  @Test
  void loadGrowsWithCallsAndLatencyAndFadesWithTime() {
    vitals.answered(2_000_000);
    double idle = vitals.load();
    vitals.callBegan();
    assertTrue(vitals.load() > idle);
    vitals.callEnded();
    vitals.checkPassed(true);
    assertTrue(vitals.load() < idle);
  }
}
