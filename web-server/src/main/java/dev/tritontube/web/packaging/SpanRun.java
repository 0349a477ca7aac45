package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.PackagingStore.Work;
import java.io.IOException;
import java.time.Duration;
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
  private final boolean urgent;
  private final Cancellation cancellation;

  /// What is to be made, under an open attempt.
  ///
  /// @param urgent somebody waits for it
  record Task(Work work, Attempt attempt, Span span, boolean urgent) {}

  /// @param cancellation stops it, for good or for a while
  SpanRun(Workshop workshop, Task task, Cancellation cancellation) {
    this.workshop = workshop;
    this.work = task.work();
    this.attempt = task.attempt();
    this.span = task.span();
    this.urgent = task.urgent();
    this.cancellation = cancellation;
  }

  boolean urgent() {
    return urgent;
  }

  AssetId asset() {
    return attempt.asset();
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /// Makes the span and accounts for whatever comes of it. Does not throw.
  void run() {
    long begun = System.nanoTime();
    try {
      if (make()) {
        workshop.attempts().finish(attempt);
        workshop.trouble().over(asset());
        measure(Duration.ofNanos(System.nanoTime() - begun));
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

  private void measure(Duration took) {
    Optional<Rung> rung = work.requirePlan().rung(span.representations().getFirst());
    if (urgent && rung.isPresent()) {
      workshop.speed().ran(rung.get().pixels() * work.requirePlan().frames(span), took);
    }
  }

  /// @return false when there is nothing to make it from
  private boolean make() throws MediaException, IOException, InterruptedException {
    if (span.representations().contains(Attempt.POSTER)) {
      return workshop.makePoster(work, attempt, cancellation);
    }
    boolean fill = workshop.trouble().failures(start()) > 1;
    RingSegmentSink sink =
        new RingSegmentSink(workshop.ground(), attempt, span, fill, cancellation::killRunning);
    Encoder.Order order = new Encoder.Order(work.requirePlan(), span, sink, cancellation);
    try {
      return fill ? fill(order) : encode(order);
    } catch (MediaException e) {
      if (sink.over()) {
        return true; // Ended because another attempt took over.
      }
      throw e;
    }
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
  /// whose very beginning is bad is not worth that.
  private void undecodable(MediaException e) {
    SegmentName at = workshop.firstMissing(attempt, span);
    int failures = workshop.trouble().undecodable(at);
    LOG.info(
        "asset {} cannot be decoded at segment {} of {}: {}",
        asset(),
        at.number(),
        at.representation(),
        e.getMessage());
    boolean beginning =
        at.number() == 0 && at.representation().equals(work.requirePlan().ids().getFirst());
    if (failures > 1 && beginning) {
      workshop.fail(asset(), e.code().text(), String.valueOf(e.getMessage()));
    }
  }

  private void setBack(Exception e) {
    int failures = workshop.trouble().setBack(asset());
    LOG.warn("an attempt at asset {} failed, time {}", asset(), failures, e);
    if (failures > Trouble.MOST) {
      workshop.fail(asset(), "internal_error", "the work failed too many times");
    }
  }
}
