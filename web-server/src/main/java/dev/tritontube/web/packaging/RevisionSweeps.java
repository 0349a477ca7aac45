package dev.tritontube.web.packaging;

import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.packaging.SweepStore.Sweep;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the segments of revisions that nothing refers to any more. What is to be deleted is
/// durable, so what fails, or whose process ends, is done again later, here or elsewhere.
/// Thread-safe.
final class RevisionSweeps {
  private static final Logger LOG = LoggerFactory.getLogger(RevisionSweeps.class);
  private static final int AT_ONCE = 16;

  /// What a process that ended had taken is found after this time. Who takes longer only has
  /// company.
  private static final Duration LEASE = Duration.ofSeconds(25);

  private static final Duration MAX_DELAY = Duration.ofSeconds(30);

  private final SweepStore sweeps;
  private final Sweeper sweeper;
  private final InstantSource clock;

  RevisionSweeps(SweepStore sweeps, Sweeper sweeper, InstantSource clock) {
    this.sweeps = sweeps;
    this.sweeper = sweeper;
    this.clock = clock;
  }

  /// Does what is due.
  void run() {
    for (Sweep sweep : sweeps.take(AT_ONCE, clock.instant(), LEASE)) {
      try {
        sweeper.sweepRevision(sweep.asset(), sweep.revision());
        sweeps.done(sweep);
      } catch (BlobException e) {
        Duration delay = Duration.ofSeconds(1L << Math.min(sweep.tries(), 5));
        sweeps.retryAt(
            sweep, clock.instant().plus(delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY));
        LOG.warn(
            "revision {} of asset {} is not deleted yet: {}",
            sweep.revision(),
            sweep.asset(),
            e.getMessage());
      }
    }
  }
}
