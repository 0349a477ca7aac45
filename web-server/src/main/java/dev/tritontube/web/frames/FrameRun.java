package dev.tritontube.web.frames;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.frames.FrameSet.Failure;
import dev.tritontube.web.frames.FrameWorkStore.Attempt;
import dev.tritontube.web.jobs.RetryPolicy;
import dev.tritontube.web.packaging.Stills;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt at the pictures of a set, from its lease to whatever comes of it. For one run.
final class FrameRun implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FrameRun.class);

  /// For how long a whole archive is kept.
  static final Duration KEPT = Duration.ofDays(7);

  /// Before what was stopped is begun again.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final FrameWriter.Ground ground;
  private final FrameWorker.Camera camera;
  private final RetryPolicy retries;
  private final Attempt attempt;
  private volatile @Nullable FrameWriter writer;

  FrameRun(
      FrameWriter.Ground ground, FrameWorker.Camera camera, RetryPolicy retries, Attempt attempt) {
    this.ground = ground;
    this.camera = camera;
    this.retries = retries;
    this.attempt = attempt;
  }

  /// Accounts for whatever comes of it. Does not throw.
  @Override
  public void run() {
    try {
      make();
    } catch (Stills.TooLargeException e) {
      fail(new Failure("frames_too_large", String.valueOf(e.getMessage())));
    } catch (FrameWriter.OverException e) {
      LOG.debug("frames {} are not wanted any more", attempt.set().id());
    } catch (FrameWriter.GivesWayException | InterruptedException | CancellationException e) {
      again();
    } catch (IOException | RuntimeException e) {
      setBack(e);
    }
  }

  Attempt attempt() {
    return attempt;
  }

  /// How many pictures there are; read by any thread.
  int taken() {
    FrameWriter writing = writer;
    return writing == null ? attempt.set().done() : writing.taken();
  }

  /// Whether other sets may want their turn now.
  boolean served() {
    FrameWriter writing = writer;
    return writing != null && writing.turn().served();
  }

  /// Ends it with the next picture, to go on when it is its turn again.
  void giveWay() {
    FrameWriter writing = writer;
    if (writing != null) {
      writing.turn().end();
    }
  }

  private void make() throws IOException, InterruptedException {
    for (BlobKey key : ground.work().leftovers(attempt)) {
      ground.blobs().delete(key);
    }
    FrameWriter writing = new FrameWriter(ground, attempt);
    writer = writing;
    FrameSet set = attempt.set();
    switch (camera.take(set.of().asset(), set.order(), writing.taken(), writing)) {
      case Stills.Outcome.Taken() -> complete(writing);
      case Stills.Outcome.Bad(String code, String detail) -> fail(new Failure(code, detail));
      case Stills.Outcome.Gone() ->
          fail(new Failure("not_playable", "nothing is there of which pictures could be taken"));
    }
  }

  private void complete(FrameWriter writing) throws IOException {
    FrameSet.Archive archive = writing.finish();
    Instant now = ground.clock().instant();
    ground.work().complete(attempt, archive, now, now.plus(KEPT));
    LOG.info(
        "frames {} of video {}: {} pictures, {} bytes",
        attempt.set().id(),
        attempt.set().of().video(),
        attempt.set().count(),
        archive.bytes());
  }

  private void fail(Failure failure) {
    LOG.info("frames {} failed: {}", attempt.set().id(), failure);
    accounted(() -> ground.work().fail(attempt, failure, ground.clock().instant()));
  }

  /// It was stopped or gave way, which does not count.
  private void again() {
    accounted(() -> putOff(ground.work().failures(attempt), PAUSE));
  }

  private void putOff(int failures, Duration pause) {
    Instant now = ground.clock().instant();
    ground.work().putOff(attempt, failures, now, now.plus(pause));
  }

  private void setBack(Exception cause) {
    accounted(
        () -> {
          int failures = ground.work().failures(attempt) + 1;
          Optional<Duration> pause = retries.pauseAfter(failures);
          if (pause.isPresent()) {
            LOG.warn(
                "frames {} failed, to be tried again in {}",
                attempt.set().id(),
                pause.get(),
                cause);
            putOff(failures, pause.get());
          } else {
            LOG.error(
                "gave up on frames {}: they failed too many times", attempt.set().id(), cause);
            Failure failure = new Failure("internal_error", "the pictures could not be taken");
            ground.work().fail(attempt, failure, ground.clock().instant());
          }
        });
  }

  /// What cannot be put on record now is found by whoever takes the set over.
  private void accounted(Runnable account) {
    try {
      account.run();
    } catch (RuntimeException e) {
      LOG.warn("what came of frames {} cannot be put on record", attempt.set().id(), e);
    }
  }
}
