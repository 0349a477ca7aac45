package dev.tritontube.web.blobs;

import dev.tritontube.web.blobs.NodeStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The health of one node, from what calls and checks saw. Thread-safe; its own monitor guards all
/// of it.
final class NodeVitals {
  /// Errors that are not a lost connection make a node suspect only when they come in a row.
  private static final int ODD_FAILURES = 3;

  private static final double NEWEST_WEIGHT = 0.2;

  /// Every check lets an old latency fade, so that a node that was slow once is tried again.
  private static final double FADING = 0.9;

  private static final double LEAST_LATENCY_NANOS = 100_000;

  private final InstantSource clock;
  private State state = State.UNKNOWN;
  private Instant since;
  private String detail = "";
  private int failuresInARow;
  private int failedChecksInARow;
  private int inFlight;
  private double latencyNanos;

  NodeVitals(InstantSource clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  synchronized State state() {
    return state;
  }

  synchronized NodeStatus status() {
    return new NodeStatus(state, inFlight, Duration.ofNanos((long) latencyNanos), since, detail);
  }

  /// What one more call would have to wait for, in arbitrary units.
  synchronized double load() {
    return (inFlight + 1) * Math.max(latencyNanos, LEAST_LATENCY_NANOS);
  }

  synchronized void callBegan() {
    inFlight++;
  }

  synchronized void callEnded() {
    inFlight--;
  }

  synchronized void answered(long nanos) {
    latencyNanos =
        latencyNanos == 0 ? nanos : latencyNanos + NEWEST_WEIGHT * (nanos - latencyNanos);
  }

  synchronized void callSucceeded() {
    failuresInARow = 0;
    change(State.UP, "");
  }

  /// @param unreachable the node did not answer, or the connection broke
  synchronized void callFailed(boolean unreachable, String why) {
    failuresInARow++;
    if (state.usable() && (unreachable || failuresInARow >= ODD_FAILURES)) {
      change(State.SUSPECT, why);
    }
  }

  /// @param canCarryBlobs false while the connections for blobs are still being made again
  synchronized void checkPassed(boolean canCarryBlobs) {
    failedChecksInARow = 0;
    latencyNanos *= FADING;
    if (canCarryBlobs) {
      change(State.UP, "");
    }
  }

  synchronized void checkFailed(String why) {
    failedChecksInARow++;
    change(failedChecksInARow == 1 && state != State.DOWN ? State.SUSPECT : State.DOWN, why);
  }

  /// The node answers and says that it does not serve.
  synchronized void refusesToServe() {
    change(State.DOWN, "the node does not serve yet");
  }

  private void change(State next, String why) {
    if (state != next) {
      state = next;
      since = clock.instant();
    }
    detail = why;
  }
}
