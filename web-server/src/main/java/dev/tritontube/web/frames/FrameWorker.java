package dev.tritontube.web.frames;

import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.RandomIds;
import dev.tritontube.web.frames.FrameWorkStore.Attempt;
import dev.tritontube.web.jobs.RetryPolicy;
import dev.tritontube.web.packaging.Stills;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Takes the pictures of sets in this process, of one set at a time, so that there is always more
/// room for what people watch. A set that had its turn is put off while others wait. Any number of
/// processes do this on one catalog; leases keep them from doing the same.
public final class FrameWorker implements AutoCloseable {
  /// How often `run` is to be called.
  public static final Duration PERIOD = Duration.ofMillis(500);

  /// How long a lease lasts after its worker last said that it lives.
  static final Duration LEASE = Duration.ofSeconds(15);

  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final Duration STOP = Duration.ofSeconds(3);

  private final FrameWriter.Ground ground;
  private final Camera camera;
  private final RetryPolicy retries;
  private final RandomGenerator random;

  /// Guarded by this.
  private @Nullable Running running;

  /// Guarded by this.
  private boolean closed;

  private record Running(FrameRun run, Thread thread, Instant beat) {
    Running beating(Instant next) {
      return new Running(run, thread, next);
    }
  }

  /// What takes pictures: see `Stills`.
  @FunctionalInterface
  public interface Camera {
    Stills.Outcome take(AssetId asset, Stills.Order order, int first, Stills.Sink sink)
        throws IOException, InterruptedException;
  }

  /// @param clock of leases
  public record Ground(
      Database database, Blobs blobs, RandomGenerator random, InstantSource clock) {}

  public FrameWorker(Ground ground, Camera camera, RetryPolicy retries) {
    this.ground =
        new FrameWriter.Ground(
            new FrameWorkStore(ground.database()),
            ground.blobs(),
            LEASE,
            FrameSetStore.Limits.USUAL.bytes(),
            ground.clock());
    this.camera = camera;
    this.retries = retries;
    this.random = ground.random();
  }

  /// Looks after the set that is under way, or begins with the next one.
  public synchronized void run() {
    Running current = running;
    if (closed) {
      return;
    }
    if (current == null || !current.thread().isAlive()) {
      running = begin().map(this::start).orElse(null);
    } else if (!now().isBefore(current.beat())) {
      running = current.beating(now().plus(BEAT));
      lookAfter(current);
    }
  }

  /// Says that it lives; stops it when nothing more is wanted of it, or others wait for their turn.
  private void lookAfter(Running current) {
    FrameRun run = current.run();
    if (!ground.work().prolong(run.attempt(), run.taken(), now().plus(LEASE))) {
      current.thread().interrupt();
    } else if (run.served() && ground.work().due(now()).isPresent()) {
      run.giveWay();
    }
  }

  private Optional<Attempt> begin() {
    return ground
        .work()
        .due(now())
        .flatMap(set -> ground.work().begin(set, RandomIds.next(random), now(), LEASE));
  }

  private Running start(Attempt attempt) {
    FrameRun run = new FrameRun(ground, camera, retries, attempt);
    Thread thread = Thread.ofPlatform().daemon().name("frames-" + attempt.set().id()).start(run);
    return new Running(run, thread, now().plus(BEAT));
  }

  private Instant now() {
    return ground.clock().instant();
  }

  /// Stops what is under way; it goes on when workers do.
  @Override
  public void close() {
    Thread thread = stopped();
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(STOP);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized @Nullable Thread stopped() {
    closed = true;
    return running == null ? null : running.thread();
  }
}
