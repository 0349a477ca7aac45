package dev.tritontube.web.frames;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.frames.FrameSweepStore.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes archives whose time is over, and those of sets that were deleted or failed. What is to
/// be deleted is durable, so what fails, or whose process ends, is done again later, here or
/// elsewhere. Thread-safe.
public final class FrameSweeps {
  /// How often `run` is to be called.
  public static final Duration PERIOD = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(FrameSweeps.class);
  private static final int AT_ONCE = 16;

  /// What a process that ended had taken is found after this time. Who takes longer only has
  /// company.
  private static final Duration LEASE = Duration.ofSeconds(25);

  private static final Duration MAX_DELAY = Duration.ofSeconds(30);

  private final FrameSweepStore sweeps;
  private final FrameWorkStore work;
  private final Blobs blobs;
  private final InstantSource clock;

  public FrameSweeps(Database database, Blobs blobs, InstantSource clock) {
    this.sweeps = new FrameSweepStore(database);
    this.work = new FrameWorkStore(database);
    this.blobs = blobs;
    this.clock = clock;
  }

  /// Does what is due.
  public void run() {
    sweeps.expire(clock.instant());
    for (Sweep sweep : sweeps.take(AT_ONCE, clock.instant(), LEASE)) {
      try {
        for (BlobKey key : work.written(sweep.set())) {
          blobs.delete(key);
        }
        sweeps.done(sweep);
      } catch (BlobException e) {
        putOff(sweep, e);
      }
    }
  }

  private void putOff(Sweep sweep, BlobException e) {
    Duration delay = Duration.ofSeconds(1L << Math.min(sweep.tries(), 5));
    Instant due = clock.instant().plus(delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY);
    sweeps.retryAt(sweep, due);
    LOG.warn("frames {} are not deleted yet: {}", sweep.set().id(), e.getMessage());
  }
}
