package dev.tritontube.web.blobs;

import java.time.Duration;
import java.time.Instant;

/// What this process sees of a node just now.
///
/// @param inFlight calls on their way
/// @param latency a moving average of the time to a first answer
/// @param since when the state began
/// @param detail the last failure, empty when there was none since the node was up
public record NodeStatus(
    State state, int inFlight, Duration latency, Instant since, String detail) {
  /// How far a node is to be trusted with a call.
  public enum State {
    /// Not asked yet.
    UNKNOWN,
    UP,
    /// A call or one check failed: used when there is nothing better.
    SUSPECT,
    /// Checks fail one after the other, or the node says that it does not serve.
    DOWN;

    /// True for a node that calls go to first.
    public boolean usable() {
      return this == UNKNOWN || this == UP;
    }
  }
}
