package dev.tritontube.web.steering;

import dev.tritontube.web.cluster.LayoutChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of the layout in the API's JSON.
///
/// @param step of `steps`, from 0
/// @param waiting why it does not move on just now
record ChangeDocument(
    String id,
    String kind,
    String node,
    String address,
    boolean force,
    String phase,
    int step,
    int steps,
    long epoch,
    long arcsDone,
    long arcsTotal,
    long movedReplicas,
    long minimumReplicas,
    long movedBlobs,
    long movedBytes,
    double seconds,
    @Nullable Double etaSeconds,
    List<String> warnings,
    @Nullable String waiting,
    String createdAt,
    @Nullable String finishedAt) {

  static ChangeDocument of(ChangeReport report) {
    LayoutChange change = report.change();
    LayoutChange.Movement movement = change.movement();
    return new ChangeDocument(
        change.id(),
        change.kind().word(),
        change.subject().node().value(),
        change.subject().address(),
        change.subject().forced(),
        change.phase().name(),
        change.step(),
        change.steps(),
        report.epoch(),
        report.arcsDone(),
        movement.arcReplicas(),
        movement.arcReplicas(),
        movement.minimum(),
        movement.blobs(),
        movement.bytes(),
        seconds(report.elapsed()),
        report.left().map(ChangeDocument::seconds).orElse(null),
        change.warnings(),
        change.waiting().isEmpty() ? null : change.waiting(),
        change.createdAt().toString(),
        change.finishedAt().map(Instant::toString).orElse(null));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
