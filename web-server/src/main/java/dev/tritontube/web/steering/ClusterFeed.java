package dev.tritontube.web.steering;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The cluster as those who follow it see it: however many they are, one thread of this process
/// looks, and only while somebody follows. Nothing is queued: who is slow is told of the newest
/// moment alone. Thread-safe.
public final class ClusterFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterFeed.class);
  private static final Duration STOP = Duration.ofSeconds(3);

  private final Source source;
  private final Limits limits;
  private final Semaphore places;
  private final Thread watcher = Thread.ofVirtual().name("cluster-feed").unstarted(this::watch);

  /// Of the watcher alone.
  private boolean failing;

  /// Guarded by this. The newest moment; null while nobody follows.
  private @Nullable Moment newest;

  /// Guarded by this.
  private int followers;

  /// Guarded by this.
  private boolean closed;

  /// How the cluster is.
  interface Source {
    /// @param before what was seen last
    Moment look(Optional<Moment> before) throws IOException;
  }

  /// @param followers how many may follow at once
  /// @param period how often the cluster is looked at
  /// @param heartbeat how long a follower is told nothing
  public record Limits(int followers, Duration period, Duration heartbeat) {
    public static final Limits USUAL =
        new Limits(100, Duration.ofMillis(250), Duration.ofSeconds(15));
  }

  public ClusterFeed(Steering steering, Limits limits) {
    this(steering::look, limits);
  }

  ClusterFeed(Source source, Limits limits) {
    this.source = source;
    this.limits = limits;
    this.places = new Semaphore(limits.followers());
    watcher.start();
  }

  /// Who follows, until he leaves.
  final class Seat implements AutoCloseable {
    private boolean left;

    private Seat() {}

    /// Waits for another moment than `known`, or for a heartbeat.
    ///
    /// @return the newest moment, which is `known` after a heartbeat (null: there is none yet);
    ///   empty when nobody can follow any more
    Optional<Heard> next(@Nullable Moment known) throws InterruptedException {
      return await(known);
    }

    @Override
    public void close() {
      if (!left) {
        left = true;
        leave();
      }
    }
  }

  /// @param moment null: nothing was seen yet
  record Heard(@Nullable Moment moment) {}

  /// @return empty when too many follow already, or none may any more
  synchronized Optional<Seat> follow() {
    if (closed || !places.tryAcquire()) {
      return Optional.empty();
    }
    followers++;
    notifyAll();
    return Optional.of(new Seat());
  }

  private synchronized void leave() {
    places.release();
    if (--followers == 0) {
      newest = null;
    }
  }

  @SuppressWarnings("ReferenceEquality") // each look that found something new makes a new moment
  private synchronized Optional<Heard> await(@Nullable Moment known) throws InterruptedException {
    long left = limits.heartbeat().toNanos();
    long deadline = System.nanoTime() + left;
    while (!closed && left > 0 && (newest == null || newest == known)) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    return closed ? Optional.empty() : Optional.of(new Heard(newest == null ? known : newest));
  }

  private void watch() {
    try {
      while (awaitFollowers()) {
        lookOnce();
        pause();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean awaitFollowers() throws InterruptedException {
    while (followers == 0 && !closed) {
      wait();
    }
    return !closed;
  }

  private synchronized void pause() throws InterruptedException {
    long deadline = System.nanoTime() + limits.period().toNanos();
    for (long left = limits.period().toNanos();
        left > 0 && !closed;
        left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private void lookOnce() {
    try {
      Optional<Moment> before = current();
      show(before, source.look(before));
      failing = false;
    } catch (IOException | JdbiException e) {
      if (!failing) {
        LOG.warn("the cluster cannot be followed; it is looked at on", e);
      }
      failing = true;
    }
  }

  private synchronized Optional<Moment> current() {
    return Optional.ofNullable(newest);
  }

  private synchronized void show(Optional<Moment> before, Moment now) {
    if (followers > 0 && before.filter(now::sameAs).isEmpty()) {
      newest = now;
      notifyAll();
    }
  }

  /// Lets go of all who follow.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      watcher.join(STOP);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
