package dev.tritontube.web.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Asks a node who it is, again and again for a while: it may just be starting. Thread-safe.
final class NodeDoor {
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private final NodeControl control;
  private final InstantSource clock;
  private final Pause pause;

  NodeDoor(NodeControl control, InstantSource clock, Pause pause) {
    this.control = control;
    this.clock = clock;
    this.pause = pause;
  }

  /// @throws ClusterException when it did not answer in time, or what listens there is no node
  NodeDescription knock(String address, Duration patience)
      throws ClusterException, InterruptedException {
    Instant deadline = clock.instant().plus(patience);
    while (true) {
      try {
        return control.describe(address);
      } catch (NodeCallException e) {
        if (e.fromAnotherProgram()) {
          throw new ClusterException(
              ClusterException.Kind.UNREACHABLE,
              "no_node",
              "there is no storage node at " + address + ": " + e.getMessage());
        }
        if (!clock.instant().isBefore(deadline)) {
          throw new ClusterException(
              ClusterException.Kind.UNREACHABLE,
              "node_unreachable",
              "no answer within " + patience.toSeconds() + " s: " + e.getMessage());
        }
        pause.await(BETWEEN);
      }
    }
  }
}
