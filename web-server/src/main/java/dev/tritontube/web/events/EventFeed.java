package dev.tritontube.web.events;

import dev.tritontube.web.catalog.Event;
import dev.tritontube.web.catalog.EventStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of events as those who follow it see it: however many they are, one thread of this
/// process asks the catalog for what is new, at once when this process changed something, and only
/// while somebody follows. Thread-safe.
public final class EventFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

  /// Events that are read from the catalog at once.
  static final int PAGE = 500;

  private static final Duration STOP = Duration.ofSeconds(3);

  private final EventStore store;
  private final Limits limits;
  private final Semaphore places;
  private final Semaphore news = new Semaphore(0);
  private final Thread watcher = Thread.ofVirtual().name("event-feed").unstarted(this::watch);

  /// Of the watcher alone.
  private boolean failing;

  /// Guarded by this. The newest events; null while nobody follows.
  private @Nullable Tail tail;

  /// Guarded by this.
  private int followers;

  /// Guarded by this.
  private boolean closed;

  /// @param followers how many may follow at once
  /// @param tail how many events a follower may be behind
  /// @param poll how late news from another process may come
  /// @param heartbeat how long a follower is told nothing
  public record Limits(int followers, int tail, Duration poll, Duration heartbeat) {
    public static final Limits USUAL =
        new Limits(1000, 1000, Duration.ofMillis(250), Duration.ofSeconds(15));
  }

  public EventFeed(EventStore store, Limits limits) {
    this.store = store;
    this.limits = limits;
    this.places = new Semaphore(limits.followers());
    store.listen(this::wake);
    watcher.start();
  }

  /// Begins to follow.
  ///
  /// @param after the id of the last event that is known; empty: all there are now
  /// @return empty when too many follow already, or none may any more
  Optional<Follower> follow(OptionalLong after) {
    if (!enter()) {
      return Optional.empty();
    }
    try {
      long last = store.last();
      return Optional.of(new Follower(this, after.orElse(last), last));
    } catch (RuntimeException e) {
      leave();
      throw e;
    }
  }

  private synchronized boolean enter() {
    if (closed || !places.tryAcquire()) {
      return false;
    }
    if (followers++ == 0) {
      notifyAll();
      wake();
    }
    return true;
  }

  synchronized void leave() {
    places.release();
    if (--followers == 0) {
      tail = null;
    }
  }

  /// Whether nobody else can follow now.
  boolean full() {
    return places.availablePermits() == 0;
  }

  /// Waits until there is something after an event, or for a heartbeat.
  ///
  /// @return what there is of the tail then; empty when it is closed
  synchronized Optional<Tail> await(long after) throws InterruptedException {
    long left = limits.heartbeat().toNanos();
    long deadline = System.nanoTime() + left;
    while (!closed && left > 0 && (tail == null || tail.last() <= after)) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    return closed
        ? Optional.empty()
        : Optional.of(tail == null ? new Tail(after, List.of()) : tail);
  }

  /// What the log has after an event; empty when the log does not reach back so far.
  Optional<List<Event>> log(long after) {
    List<Event> page = store.after(after, PAGE);
    boolean whole = page.isEmpty() ? after == store.last() : page.getFirst().id() == after + 1;
    return whole ? Optional.of(page) : Optional.empty();
  }

  long last() {
    return store.last();
  }

  private void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private void watch() {
    try {
      while (awaitFollowers()) {
        lookOnce();
        if (news.tryAcquire(limits.poll().toMillis(), TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
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

  private void lookOnce() {
    try {
      look();
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.warn("the catalog cannot tell what is new; it is asked on", e);
      }
      failing = true;
    }
  }

  private void look() {
    Tail known = current();
    if (known == null) {
      show(new Tail(store.last(), List.of()));
      return;
    }
    List<Event> newer = store.after(known.last(), PAGE);
    while (!newer.isEmpty()) {
      boolean whole = newer.getFirst().id() == known.last() + 1;
      Tail base = whole ? known : new Tail(newer.getFirst().id() - 1, List.of());
      known = base.plus(newer, limits.tail());
      show(known);
      newer = newer.size() < PAGE ? List.of() : store.after(known.last(), PAGE);
    }
  }

  private synchronized @Nullable Tail current() {
    return tail;
  }

  private synchronized void show(Tail newer) {
    if (followers > 0) {
      tail = newer;
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
    wake();
    try {
      watcher.join(STOP);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
