package dev.tritontube.web.originals;

import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.PurgeStore;
import dev.tritontube.web.catalog.PurgeStore.Purge;
import dev.tritontube.web.packaging.PackagingQueue;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the blobs of assets that nobody has any more. What is to be deleted is durable in the
/// catalog, so a purge that fails, or whose process ends, is done again later, here or elsewhere.
/// Thread-safe.
public final class Purger {
  private static final Logger LOG = LoggerFactory.getLogger(Purger.class);
  private static final int AT_ONCE = 16;

  /// What a process that ended had taken is found after this time. Who takes longer only has
  /// company.
  private static final Duration LEASE = Duration.ofSeconds(25);

  private static final Duration MAX_DELAY = Duration.ofSeconds(30);

  private final PurgeStore purges;
  private final Blobs blobs;
  private final PackagingQueue packaging;
  private final InstantSource clock;

  public Purger(PurgeStore purges, Blobs blobs, PackagingQueue packaging, InstantSource clock) {
    this.purges = purges;
    this.blobs = blobs;
    this.packaging = packaging;
    this.clock = clock;
  }

  /// Does what is due. To be called about every second.
  public void purgeDue() {
    for (Purge purge : purges.take(AT_ONCE, clock.instant(), LEASE)) {
      try {
        purge(purge);
      } catch (BlobException | UncheckedIOException e) {
        Duration delay = Duration.ofSeconds(1L << Math.min(purge.attempts(), 5));
        Instant due = clock.instant().plus(delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY);
        purges.retryAt(purge.asset(), due);
        LOG.warn("Blobs of asset {} are not deleted yet: {}", purge.asset(), e.getMessage());
      }
    }
  }

  private void purge(Purge purge) throws BlobException {
    packaging.remove(purge.asset());
    for (long chunk = 0; chunk < purge.chunks(); chunk++) {
      blobs.delete(Chunks.key(purge.asset(), chunk));
    }
    purges.done(purge.asset());
  }
}
