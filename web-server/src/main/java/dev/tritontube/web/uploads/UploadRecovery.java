package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.FollowedUploadStore;
import dev.tritontube.web.catalog.UploadStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the uploads of this process known as alive, and gives up those of processes that are gone.
/// Thread-safe.
public final class UploadRecovery {
  /// How often `run` is to be called.
  public static final Duration PERIOD = Duration.ofSeconds(4);

  /// A process that was silent for so long is taken for gone.
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(UploadRecovery.class);

  /// How long one may ask what became of an upload.
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final UploadStore uploads;
  private final FollowedUploadStore followed;
  private final String instance;
  private final InstantSource clock;

  public UploadRecovery(
      UploadStore uploads, FollowedUploadStore followed, String instance, InstantSource clock) {
    this.uploads = uploads;
    this.followed = followed;
    this.instance = instance;
    this.clock = clock;
  }

  public void run() {
    Instant now = clock.instant();
    uploads.alive(instance, now);
    followed.alive(instance, now);
    followed.tidy(now.minus(SILENCE), now.minus(REMEMBERED), now);
    int abandoned = uploads.abandonSilent(now.minus(SILENCE), now);
    if (abandoned > 0) {
      LOG.warn("Gave up {} uploads whose web server is gone; their blobs are deleted", abandoned);
    }
  }
}
