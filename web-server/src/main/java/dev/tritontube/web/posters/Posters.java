package dev.tritontube.web.posters;

import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.OwnPoster;
import dev.tritontube.web.catalog.PosterId;
import dev.tritontube.web.catalog.PosterStore;
import dev.tritontube.web.catalog.PosterStore.Leftover;
import dev.tritontube.web.catalog.PosterStore.Outcome;
import dev.tritontube.web.catalog.PosterStore.State;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.jobs.TaskKind;
import dev.tritontube.web.jobs.TaskSignal;
import dev.tritontube.web.jobs.TaskStore;
import dev.tritontube.web.packaging.PosterStudio;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wishes for posters. A wish is durable: any worker grants it, and who wished waits a while for
/// what becomes of it. Thread-safe; several processes share the work.
public final class Posters {
  private static final Logger LOG = LoggerFactory.getLogger(Posters.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration LEASE = Duration.ofSeconds(25);
  private static final int AT_ONCE = 16;

  private final PosterStore store;
  private final TaskStore tasks;
  private final Blobs blobs;
  private final RandomGenerator random;
  private final InstantSource clock;

  /// @param random must be unpredictable outside of tests
  public Posters(Database database, Blobs blobs, RandomGenerator random, InstantSource clock) {
    this.store = new PosterStore(database);
    this.tasks = new TaskStore(clock, new TaskSignal());
    this.blobs = blobs;
    this.random = random;
    this.clock = clock;
  }

  /// What grants wishes, for the workers of this process.
  public TaskKind task(PosterStudio studio) {
    return new PosterTask(store, studio, blobs, clock);
  }

  /// Wishes for a moment of a video.
  ///
  /// @return empty when there is no such video
  Optional<PosterId> wish(VideoId video, double seconds) {
    PosterId id = PosterId.random(random);
    boolean added =
        store.wish(
            id, video, seconds, clock.instant(), tx -> tasks.add(tx, PosterTask.NAME, id.value()));
    return added ? Optional.of(id) : Optional.empty();
  }

  /// Wishes for a picture.
  ///
  /// @return empty when there is no such video
  Optional<PosterId> wish(VideoId video, byte[] picture) throws BlobException {
    PosterId id = PosterId.random(random);
    if (!store.arriving(id, video, clock.instant())) {
      return Optional.empty();
    }
    blobs.put(OwnPoster.key(video, id, OwnPoster.UPLOAD), ByteBuffer.wrap(picture));
    store.arrived(id, clock.instant(), tx -> tasks.add(tx, PosterTask.NAME, id.value()));
    return Optional.of(id);
  }

  /// Waits a while for what becomes of a wish.
  Outcome await(PosterId id) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Outcome outcome = store.outcome(id);
    while (outcome.state() == State.WAITING && System.nanoTime() < deadline) {
      Thread.sleep(LOOK);
      outcome = store.outcome(id);
    }
    return outcome;
  }

  /// Goes back to the automatic one.
  ///
  /// @return the video as it is now; empty when there is none
  Optional<Video> drop(VideoId video) {
    return store.drop(video, clock.instant());
  }

  /// Deletes what is due. To be called about every second.
  public void sweepDue() {
    for (Leftover leftover : store.take(AT_ONCE, clock.instant(), LEASE)) {
      try {
        sweep(leftover);
        store.done(leftover);
      } catch (BlobException e) {
        LOG.warn("poster {} is not deleted yet: {}", leftover.id(), e.getMessage());
      }
    }
  }

  private void sweep(Leftover leftover) throws BlobException {
    Integer shown = leftover.shown();
    for (int number = OwnPoster.UPLOAD; number <= leftover.last(); number++) {
      if (shown == null || number != shown) {
        blobs.delete(OwnPoster.key(leftover.video(), leftover.id(), number));
      }
    }
  }
}
