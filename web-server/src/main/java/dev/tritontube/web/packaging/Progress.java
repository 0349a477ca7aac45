package dev.tritontube.web.packaging;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How much of a plan is done, weighed by what the segments cost, told to the catalog once a second
/// at most. Thread-safe.
final class Progress implements RingSegmentSink.SegmentListener {
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
  private static final long AUDIO_WEIGHT = 20_000;
  private static final int SOME = 3;

  private final PackagingStore store;
  private final Attempt attempt;
  private final EncodingPlan plan;
  private final InstantSource clock;
  private final Instant start;
  private final double total;
  private final double doneAtStart;

  /// Guarded by this.
  private double done;

  /// Guarded by this.
  private Instant lastWrite;

  /// @param alreadyDone representations that were complete before
  Progress(
      PackagingStore store,
      Attempt attempt,
      EncodingPlan plan,
      EncodingPlan.Selection alreadyDone,
      InstantSource clock) {
    this.store = store;
    this.attempt = attempt;
    this.plan = plan;
    this.clock = clock;
    this.start = clock.instant();
    this.lastWrite = start;
    this.total = weight(plan.first()) + weight(plan.rest());
    this.doneAtStart = weight(alreadyDone);
    this.done = doneAtStart;
  }

  @Override
  public void stored(String representation, long number) {
    int percent;
    Integer eta;
    synchronized (this) {
      if (number != SegmentSink.INIT) {
        done += weight(representation);
      }
      Instant now = clock.instant();
      if (Duration.between(lastWrite, now).compareTo(BETWEEN_WRITES) < 0) {
        return;
      }
      lastWrite = now;
      percent = (int) Math.min(99, 100 * done / total);
      eta = eta(now);
    }
    store.progress(attempt, percent, eta);
  }

  private @Nullable Integer eta(Instant now) {
    double seconds = Duration.between(start, now).toMillis() / 1000.0;
    double sinceStart = done - doneAtStart;
    if (sinceStart <= 0 || percent(sinceStart) < SOME) {
      return null;
    }
    return (int) Math.ceil((total - done) / sinceStart * seconds);
  }

  private double percent(double weight) {
    return 100 * weight / total;
  }

  private double weight(EncodingPlan.Selection selection) {
    return selection.ids().stream().mapToDouble(id -> weight(id) * plan.timeline(id).count()).sum();
  }

  /// What one segment costs: its pixels, with something for each segment.
  private double weight(String representation) {
    return plan.rungs().stream()
        .filter(rung -> rung.id().equals(representation))
        .mapToDouble(Rung::pixels)
        .findFirst()
        .orElse(AUDIO_WEIGHT);
  }
}
