package dev.tritontube.web.videos;

import dev.tritontube.web.catalog.CleanupStore;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.DeletionStore;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.catalog.VideoStore;
import dev.tritontube.web.originals.Chunks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How videos go: deleted at first, then purged, by people and, once a day, by themselves.
/// Thread-safe; several processes share the work.
public final class Deletions {
  /// How often to look whether a cleanup is due.
  public static final Duration PERIOD = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Deletions.class);
  private static final int BATCH = 100;

  private final VideoStore videos;
  private final DeletionStore deletions;
  private final CleanupStore cleanups;
  private final Settings settings;
  private final InstantSource clock;

  /// @param retention for how long a deleted video can be restored; zero: not at all
  /// @param cleanup when videos are cleaned up each day
  /// @param zone of that time
  public record Settings(Duration retention, LocalTime cleanup, ZoneId zone) {}

  public Deletions(Database database, Settings settings, InstantSource clock) {
    this.videos = new VideoStore(database);
    this.deletions = new DeletionStore(database);
    this.cleanups = new CleanupStore(database);
    this.settings = settings;
    this.clock = clock;
  }

  /// Deletes a video.
  ///
  /// @param purge for good, and also one that is deleted already
  /// @return false when there is none
  boolean delete(VideoId id, boolean purge) {
    return purge || settings.retention().isZero() ? purge(id) : deletions.delete(id, now());
  }

  private boolean purge(VideoId id) {
    return videos.delete(id, Chunks.BYTES, now());
  }

  /// Empty when there is none.
  Optional<Video> restore(VideoId id) {
    return deletions.restore(id, now());
  }

  /// What a cleanup now would do: the first of them.
  Plan plan(int limit) {
    return new Plan(deletions.expired(now(), limit), deletions.deletedUntil(outlived(), limit));
  }

  record Plan(List<VideoId> expired, List<VideoId> purged) {}

  List<CleanupStore.Cleanup> log(int limit) {
    return cleanups.latest(limit);
  }

  /// Cleans up if the time has come and nobody else does. A time at which no server ran is made up
  /// for. To be called every `PERIOD`.
  public void cleanUpWhenDue() {
    Instant due = lastDue();
    if (!cleanups.begin(due, now())) {
      return;
    }
    int expired = each(deletions::expired, now(), id -> delete(id, false));
    int purged = each(deletions::deletedUntil, outlived(), this::purge);
    cleanups.end(due, expired, purged, now());
    LOG.info("cleanup: {} videos expired, {} deleted ones were purged", expired, purged);
  }

  private interface Due {
    List<VideoId> list(Instant time, int limit);
  }

  private static int each(Due due, Instant time, Consumer<VideoId> work) {
    int done = 0;
    for (List<VideoId> some = due.list(time, BATCH);
        !some.isEmpty();
        some = due.list(time, BATCH)) {
      some.forEach(work);
      done += some.size();
    }
    return done;
  }

  private Instant lastDue() {
    ZonedDateTime now = now().atZone(settings.zone());
    ZonedDateTime today = now.with(settings.cleanup());
    return (today.isAfter(now) ? today.minusDays(1) : today).toInstant();
  }

  private Instant outlived() {
    return now().minus(settings.retention());
  }

  private Instant now() {
    return clock.instant();
  }
}
