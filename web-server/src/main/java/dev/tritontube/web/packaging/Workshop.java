package dev.tritontube.web.packaging;

import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.PackagingStore.Work;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all attempts of a process share: the programs, the ring, the catalog. Thread-safe.
///
/// @param ground where segments go
/// @param planning how many assets are being looked at now, for which somebody waits
record Workshop(
    Studio studio,
    Originals originals,
    RingSegmentSink.Ground ground,
    AttemptStore attempts,
    PackagingStore assets,
    OutcomeStore outcomes,
    Trouble trouble,
    EncodingSpeed speed,
    AtomicInteger planning) {
  private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);

  /// The programs, the address from which they read, and what keeps them from reading else.
  record Studio(
      SourceRelay relay,
      Probe probe,
      Encoder encoder,
      Pictures pictures,
      StillCamera camera,
      EmbeddedTexts texts,
      SandboxState sandbox) {}

  SourceRelay relay() {
    return studio.relay();
  }

  /// @return false when the asset is gone
  boolean makePictures(Work work, Attempt attempt, Span span, Cancellation cancellation)
      throws IOException, InterruptedException {
    EncodingPlan plan = work.requirePlan();
    Optional<Original> original = originals.find(attempt.asset());
    if (original.isEmpty()) {
      return false;
    }
    RingSegmentSink sink =
        new RingSegmentSink(ground, attempt, span, false, cancellation::killRunning);
    try (SourceRelay.Lease lease = relay().lend(original.get())) {
      Source source = new Source(lease, plan.container());
      if (!studio.pictures().make(source, plan, sink, cancellation)) {
        ground.store().neverMade(attempt, Attempt.POSTER, 0);
        return !failUndecodable(work);
      }
    }
    return true;
  }

  /// Pictures that play as they are have been decoded by nobody yet. Where none of them can be, it
  /// is no video.
  private boolean failUndecodable(Work work) {
    EncodingPlan.Video video = work.requirePlan().video();
    boolean copied = video != null && video.copy() != null;
    if (copied) {
      fail(work, MediaException.Code.CORRUPT_MEDIA, "none of the pictures can be decoded");
    }
    return copied;
  }

  boolean hasPoster(Work work) {
    return ground.store().find(work.asset(), work.requireRevision(), Attempt.POSTER, 0).isPresent();
  }

  /// The first segment of a span that is not there.
  SegmentName firstMissing(Attempt attempt, Span span) {
    String representation = span.representations().getFirst();
    long number = span.first();
    while (number < span.end()
        && ground
            .store()
            .find(attempt.asset(), attempt.revision(), representation, number)
            .isPresent()) {
      number++;
    }
    return new SegmentName(attempt.asset(), attempt.revision(), representation, number);
  }

  /// Ends an attempt that did not do all it was to, and deletes what it left.
  void giveBack(Attempt attempt) {
    attempts.close(attempt);
    sweep(attempt.asset());
  }

  /// Deletes what closed attempts left; what cannot be deleted now is left for the next time.
  void sweep(AssetId asset) {
    try {
      sweeper().sweepAttempts(asset);
    } catch (BlobException | RuntimeException e) {
      LOG.warn("what attempts left of asset {} cannot be deleted now", asset, e);
    }
  }

  /// Gives an asset up, since the file is bad.
  void fail(Work work, MediaException.Code code, String detail) {
    try {
      outcomes.fail(work, new AssetMedia.Failure(code.text(), detail));
    } catch (RuntimeException e) {
      LOG.warn("asset {} cannot be given up now", work.asset(), e);
    }
  }

  /// Leaves a size in another codec out that cannot be made, since the file plays without it.
  ///
  /// @param why for the log
  void leaveOut(SegmentName at, String why) {
    LOG.warn("{} of asset {} is left out: {}", at.representation(), at.asset(), why);
    try {
      assets.leaveOut(at.asset(), at.revision(), at.representation());
    } catch (RuntimeException e) {
      LOG.warn("{} of asset {} cannot be left out now", at.representation(), at.asset(), e);
    }
  }

  /// Whether pictures of a segment were made of nothing, since the file could not be decoded there.
  boolean isFilled(EncodingPlan plan, SegmentName at) {
    return ground.store().segments(at.asset(), at.revision(), at.number(), at.number() + 1).stream()
        .anyMatch(segment -> segment.filled() && plan.rung(segment.representation()).isPresent());
  }

  /// Accounts for a failure that is not the file's fault.
  ///
  /// @param begun when the run began that failed
  /// @return when it is tried again; empty: not any more
  Optional<Instant> setBack(AssetId asset, Instant begun, Throwable cause) {
    Optional<Instant> again =
        outcomes.setBack(asset, new OutcomeStore.Setback(begun, cause), trouble.retries());
    if (again.isPresent()) {
      LOG.warn("work on asset {} failed, to be tried again at {}", asset, again.get(), cause);
    } else {
      LOG.error("gave up on asset {}: the work failed too many times", asset, cause);
    }
    return again;
  }

  private Sweeper sweeper() {
    return new Sweeper(ground.blobs(), attempts, ground.store());
  }
}
