package dev.tritontube.web.cluster;

import dev.tritontube.ring.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A layout change as the catalog knows it.
///
/// @param step the step of the plan that runs now, from 0
/// @param steps how many there are; 0 when no data moves
/// @param warnings what the administrator should know about the plan
/// @param waiting why it does not move on just now; empty when it does
public record LayoutChange(
    String id,
    ChangeKind kind,
    Subject subject,
    ChangePhase phase,
    Instant phaseSince,
    int step,
    int steps,
    Movement movement,
    List<String> warnings,
    String waiting,
    Instant createdAt,
    Optional<Instant> finishedAt) {

  public LayoutChange {
    warnings = List.copyOf(warnings);
  }

  /// The node that is added, drained or removed.
  ///
  /// @param forced the node is lost: it is removed without waiting for it
  public record Subject(NodeId node, String address, boolean forced) {}

  /// @param arcReplicas replicas of arcs that the plan moves
  /// @param minimum the least that any plan to the same quotas moves
  /// @param copied those that were gone through
  public record Movement(long arcReplicas, long minimum, long copied, long blobs, long bytes) {
    /// With what a pass of arc-sync copied, which went through the arcs after those of the steps
    /// before.
    Movement plus(long arcsBefore, SyncProgress pass) {
      return new Movement(
          arcReplicas,
          minimum,
          Math.max(copied, Math.min(arcReplicas, arcsBefore + pass.arcsDone())),
          blobs + pass.copiedBlobs(),
          bytes + pass.copiedBytes());
    }
  }

  public boolean finished() {
    return phase == ChangePhase.DONE;
  }

  /// How long it has run until now, or until it was finished.
  public Duration elapsed(Instant now) {
    return Duration.between(createdAt, finishedAt.orElse(now));
  }

  LayoutChange in(ChangePhase next, Instant now) {
    return new LayoutChange(
        id,
        kind,
        subject,
        next,
        now,
        step,
        steps,
        movement,
        warnings,
        "",
        createdAt,
        next == ChangePhase.DONE ? Optional.of(now) : Optional.empty());
  }

  LayoutChange atStep(int next) {
    return new LayoutChange(
        id,
        kind,
        subject,
        phase,
        phaseSince,
        next,
        steps,
        movement,
        warnings,
        waiting,
        createdAt,
        finishedAt);
  }

  LayoutChange with(Movement moved, String reason) {
    return new LayoutChange(
        id,
        kind,
        subject,
        phase,
        phaseSince,
        step,
        steps,
        moved,
        warnings,
        reason,
        createdAt,
        finishedAt);
  }
}
