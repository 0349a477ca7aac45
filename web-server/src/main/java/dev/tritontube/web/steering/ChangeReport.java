package dev.tritontube.web.steering;

import dev.tritontube.web.cluster.LayoutChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A change of the layout, and how far it is.
///
/// @param epoch of the newest layout
/// @param elapsed until now, or until it was finished
/// @param left by the arcs gone through so far; empty while there are none
public record ChangeReport(
    LayoutChange change, long epoch, Duration elapsed, Optional<Duration> left) {

  static ChangeReport of(LayoutChange change, long epoch, Instant now) {
    Duration elapsed = change.elapsed(now);
    return new ChangeReport(change, epoch, elapsed, left(change, elapsed));
  }

  private static Optional<Duration> left(LayoutChange change, Duration elapsed) {
    long done = change.movement().copied();
    if (change.finished()) {
      return Optional.of(Duration.ZERO);
    }
    return done == 0
        ? Optional.empty()
        : Optional.of(elapsed.multipliedBy(change.movement().arcReplicas() - done).dividedBy(done));
  }

  /// Replicas of arcs that were gone through.
  public long arcsDone() {
    LayoutChange.Movement movement = change.movement();
    return change.finished() ? movement.arcReplicas() : movement.copied();
  }

  /// What the administrator should know, also why it does not move on just now.
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(change.warnings());
    if (!change.waiting().isEmpty()) {
      warnings.add("waiting: " + change.waiting());
    }
    return warnings;
  }
}
