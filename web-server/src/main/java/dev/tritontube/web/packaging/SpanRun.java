package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.DemandStore.Demand;
import dev.tritontube.web.packaging.PackagingStore.Work;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt at one span, from the open lease to its end. For one run.
final class SpanRun {
  private static final Logger LOG = LoggerFactory.getLogger(SpanRun.class);

  private final Workshop workshop;
  private final Work work;
  private final Attempt attempt;
  private final Span span;
  private final Haste haste;
  private final Instant begun;
  private final Cancellation cancellation;

  /// Numbers before this one are waited for.
  private volatile long wantedEnd;

  private volatile boolean asked;

  /// Whether it ever had to stand still.
  private volatile boolean stood;

  /// Numbers before this one have come, of all representations.
  private volatile long madeEnd;

  /// Guarded by this: the same of each.
  private final Map<String, Long> made = new HashMap<>();

  /// What is to be made, under an open attempt.
  ///
  /// @param haste why now
  record Task(Work work, Attempt attempt, Span span, Haste haste, Instant begun) {}

  /// @param cancellation stops it, for good or for a while
  SpanRun(Workshop workshop, Task task, Cancellation cancellation) {
    this.workshop = workshop;
    this.work = task.work();
    this.attempt = task.attempt();
    this.span = task.span();
    this.haste = task.haste();
    this.begun = task.begun();
    this.cancellation = cancellation;
    this.madeEnd = span.first();
    this.wantedEnd = task.haste().awaited() ? span.first() + 1 : 0;
    this.asked = task.haste() == Haste.ASKED;
  }

  boolean urgent() {
    return haste.urgent();
  }

  /// Whether it makes what is made when nothing else is left to make.
  boolean isLast() {
    return work.requirePlan().isLast(span.representations().getFirst());
  }

  /// Somebody waits for a segment, or will; does nothing if it is another's. What runs in the
  /// background is waited for only where it is: for what comes later a run of its own is started.
  void want(Demand demand) {
    if (!makes(demand) || (!urgent() && demand.number() > madeEnd)) {
      return;
    }
    asked = asked || demand.asked();
    wantedEnd = Math.max(wantedEnd, demand.number() + 1);
  }

  /// Whether a run for somebody who waits is still to come to it, and soon.
  boolean isAt(Demand demand) {
    return urgent()
        && makes(demand)
        && demand.number() >= madeEnd
        && SpanChooser.isNear(
            work.requirePlan(), demand.representation(), madeEnd, demand.number());
  }

  private boolean makes(Demand demand) {
    return demand.asset().equals(asset())
        && demand.revision().equals(attempt.revision())
        && span.holds(demand.representation(), demand.number());
  }

  /// Whether it gives way to what a player asks for: pictures with which the player was expected to
  /// begin, and began with those of another size.
  boolean yields(Demand demand) {
    return demand.asked() && yields(demand.asset(), demand.representation());
  }

  /// The same for what is being made for a player.
  boolean yields(SpanRun other) {
    return other.asked() && yields(other.asset(), other.span.representations().getFirst());
  }

  private boolean yields(AssetId toAsset, String toRepresentation) {
    EncodingPlan plan = work.requirePlan();
    return !asked
        && plan.rung(span.representations().getFirst()).isPresent()
        && asset().equals(toAsset)
        && plan.rung(toRepresentation).isPresent()
        && !span.representations().contains(toRepresentation);
  }

  /// Whether a player waits for it, and not only may come to.
  boolean asked() {
    return asked && waitedFor();
  }

  /// Stops it for a while, or lets it go on.
  void stand(boolean still) {
    if (still) {
      stood = true;
      cancellation.pause();
    } else {
      cancellation.resume();
    }
  }

  /// Whether somebody waits for what comes next, and not only may ask for it later.
  boolean waitedFor() {
    return madeEnd < wantedEnd;
  }

  Attempt attempt() {
    return attempt;
  }

  AssetId asset() {
    return attempt.asset();
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /// Makes the span and accounts for whatever comes of it. Throws only what the catalog does.
  void run() {
    try {
      if (make()) {
        workshop.attempts().finish(attempt);
        workshop.outcomes().recovered(asset());
        return;
      }
    } catch (MediaException e) {
      undecodable(e);
    } catch (CancellationException e) {
      LOG.debug("attempt {} of {} was cancelled", attempt.id(), asset());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      setBack(e);
    }
    workshop.giveBack(attempt);
  }

  /// @return false when there is nothing to make it from
  private boolean make() throws MediaException, IOException, InterruptedException {
    if (span.representations().contains(Attempt.POSTER)) {
      return workshop.makePictures(work, attempt, span, cancellation);
    }
    boolean fill = workshop.trouble().failures(start()) > 1;
    RingSegmentSink sink =
        new RingSegmentSink(workshop.ground(), attempt, span, fill, cancellation::killRunning);
    long begun = System.nanoTime();
    SegmentSink counting =
        (representation, number, bytes) -> {
          sink.store(representation, number, bytes);
          boolean first = number == 0 && representation.equals(span.representations().getFirst());
          if (first && waitedFor() && !stood) {
            measure(Duration.ofNanos(System.nanoTime() - begun));
          }
          if (number != SegmentSink.INIT) {
            made(representation, number);
          }
        };
    Encoder.Order order =
        new Encoder.Order(work.requirePlan(), span, counting, urgent(), cancellation);
    try {
      return fill ? fill(order) : encode(order);
    } catch (MediaException e) {
      if (sink.over()) {
        return true; // Ended because another attempt took over.
      }
      throw e;
    }
  }

  private synchronized void made(String representation, long number) {
    made.merge(representation, number + 1, Math::max);
    madeEnd =
        span.representations().stream()
            .mapToLong(each -> made.getOrDefault(each, span.first()))
            .min()
            .orElseThrow();
  }

  /// At the beginning nothing is decoded in vain, and what somebody waits for is made at once.
  private void measure(Duration took) {
    EncodingPlan plan = work.requirePlan();
    Span one = new Span(span.representations(), 0, 1);
    plan.rung(span.representations().getFirst())
        .ifPresent(rung -> workshop.speed().ran(plan, rung, plan.frames(one), took));
  }

  private boolean fill(Encoder.Order order) throws IOException, InterruptedException {
    workshop.studio().encoder().fill(order);
    return true;
  }

  private boolean encode(Encoder.Order order)
      throws MediaException, IOException, InterruptedException {
    Optional<Original> original = workshop.originals().find(asset());
    if (original.isEmpty()) {
      return false;
    }
    try (SourceRelay.Lease lease = workshop.relay().lend(original.get())) {
      workshop.studio().encoder().encode(new Source(lease, work.requirePlan().container()), order);
    }
    return true;
  }

  private SegmentName start() {
    return new SegmentName(
        asset(), attempt.revision(), span.representations().getFirst(), span.first());
  }

  /// Where the file begins to be bad, it is tried once more in small pieces, then filled. A file
  /// whose very beginning is bad is not worth that. Where H.264 could be made and another codec
  /// cannot, that one is at fault.
  private void undecodable(MediaException e) {
    SegmentName at = workshop.firstMissing(attempt, span);
    int failures = workshop.trouble().undecodable(at);
    LOG.info(
        "asset {} cannot be decoded at segment {} of {}: {}",
        asset(),
        at.number(),
        at.representation(),
        e.getMessage());
    EncodingPlan plan = work.requirePlan();
    if (failures <= 1) {
      return;
    }
    if (plan.isLast(at.representation())) {
      if (!workshop.isFilled(plan, at)) {
        workshop.leaveOut(at, String.valueOf(e.getMessage()));
      }
    } else if (at.number() == 0 && at.representation().equals(plan.ids().getFirst())) {
      workshop.fail(work, e.code(), String.valueOf(e.getMessage()));
    }
  }

  private void setBack(Exception e) {
    try {
      workshop.setBack(asset(), begun, e);
    } catch (RuntimeException catalog) {
      LOG.warn(
          "that attempt {} of {} failed cannot be put on record", attempt.id(), asset(), catalog);
    }
  }
}
