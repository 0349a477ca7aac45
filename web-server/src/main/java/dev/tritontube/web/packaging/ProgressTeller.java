package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Reason;
import dev.tritontube.web.packaging.PackagingStore.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells people how far an asset is, how long it will take, and why it takes longer than it might.
/// Thread-safe.
final class ProgressTeller {
  /// After so long without anything being made of an asset it waits for its turn; between two runs
  /// there is less.
  private static final Duration TURN = Duration.ofSeconds(5);

  private final TellingStore telling;
  private final SegmentStore segments;
  private final AttemptStore attempts;
  private final EncodingSpeed speed;
  private final Pace pace;

  ProgressTeller(
      TellingStore telling,
      SegmentStore segments,
      AttemptStore attempts,
      EncodingSpeed speed,
      InstantSource clock) {
    this.telling = telling;
    this.segments = segments;
    this.attempts = attempts;
    this.speed = speed;
    this.pace = new Pace(clock);
  }

  /// @param counts how many segments of each representation are stored
  /// @param shown the representations that can be chosen
  void tell(Work work, Map<String, Long> counts, Set<String> shown) {
    EncodingPlan plan = work.requirePlan();
    AssetId asset = work.asset();
    double share = Progress.share(plan, counts);
    Pace.Seen seen = pace.look(asset, work.requireRevision(), share, speed.expected(plan));
    telling.progress(
        asset,
        work.requireRevision(),
        Progress.of(share, seen.etaSeconds(), reason(work, seen.idle(), shown)));
  }

  /// Says of assets that nobody has looked at since a time that they wait.
  void tellWaiting(Instant since) {
    telling.waiting(since);
  }

  /// The one that matters most.
  private @Nullable Reason reason(Work work, Duration idle, Set<String> shown) {
    EncodingPlan plan = work.requirePlan();
    if (idle.compareTo(TURN) >= 0 && attempts.open(work.asset()).isEmpty()) {
      return Reasons.waitsForWorker();
    }
    OptionalDouble filled = segments.filledFrom(work.asset(), work.requireRevision(), plan);
    if (filled.isPresent()) {
      return Reasons.filled(filled.getAsDouble());
    }
    List<String> later = later(plan, shown);
    if (!later.isEmpty()) {
      return Reasons.later(later);
    }
    return plan.predicted() ? Reasons.predictedLength() : null;
  }

  private List<String> later(EncodingPlan plan, Set<String> shown) {
    Set<String> promised = speed.promised(plan);
    return plan.rungs().stream()
        .map(Rung::id)
        .filter(id -> !shown.contains(id) && !promised.contains(id))
        .toList();
  }
}
