package dev.tritontube.web.packaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Requests that are held until their segment is there. A segment that is stored by this process
/// wakes them at once; one thread asks the catalog for all of them every `POLL`, for what others
/// store. Thread-safe.
final class SegmentWaits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWaits.class);

  /// How late news from another process may come.
  private static final Duration POLL = Duration.ofMillis(50);

  /// What all together may hold: a few kilobytes of stack each.
  private static final int MOST = 10_000;

  private final SegmentStore store;
  private final PackagingStore assets;
  private final Semaphore places = new Semaphore(MOST);
  private final Thread poller =
      Thread.ofPlatform().daemon().name("segment-waits").unstarted(this::poll);

  /// Guarded by this.
  private final Map<SegmentName, Wait> waits = new HashMap<>();

  /// Guarded by this.
  private boolean closed;

  SegmentWaits(SegmentStore store, PackagingStore assets) {
    this.store = store;
    this.assets = assets;
    poller.start();
  }

  private static final class Wait {
    private final CompletableFuture<Optional<StoredSegment>> end = new CompletableFuture<>();
    private int waiters;
  }

  /// @return empty when the time is over, there are too many who wait, or the segment will never
  ///   come
  Optional<StoredSegment> await(SegmentName name, Duration patience) throws InterruptedException {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    Wait wait = enter(name);
    try {
      return wait.end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for " + name + " failed", e.getCause());
    } finally {
      leave(name, wait);
      places.release();
    }
  }

  private synchronized Wait enter(SegmentName name) {
    Wait wait = waits.computeIfAbsent(name, _ -> new Wait());
    wait.waiters++;
    if (closed) {
      wait.end.complete(Optional.empty());
    }
    notifyAll();
    return wait;
  }

  private synchronized void leave(SegmentName name, Wait wait) {
    wait.waiters--;
    if (wait.waiters == 0) {
      waits.remove(name, wait);
    }
  }

  /// Wakes those who wait for a segment.
  void stored(SegmentName name, StoredSegment segment) {
    Wait wait;
    synchronized (this) {
      wait = waits.get(name);
    }
    if (wait != null) {
      wait.end.complete(Optional.of(segment));
    }
  }

  private void poll() {
    try {
      while (true) {
        List<SegmentName> names = names();
        if (names.isEmpty()) {
          return;
        }
        look(names);
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for somebody who waits; empty when it is closed.
  private synchronized List<SegmentName> names() throws InterruptedException {
    while (waits.isEmpty() && !closed) {
      wait();
    }
    return closed ? List.of() : new ArrayList<>(waits.keySet());
  }

  private void look(List<SegmentName> names) {
    try {
      store.findAll(names).forEach(this::stored);
      assets
          .ended(names.stream().map(SegmentName::asset).distinct().toList())
          .forEach(this::giveUp);
    } catch (RuntimeException e) {
      LOG.warn("the catalog cannot tell of segments that are waited for", e);
    }
  }

  /// What is not there when an asset's work has ended never comes. Looked up once more, since the
  /// end came after the last look.
  private void giveUp(dev.tritontube.web.catalog.AssetId asset) {
    List<SegmentName> names;
    synchronized (this) {
      names = waits.keySet().stream().filter(name -> name.asset().equals(asset)).toList();
    }
    Map<SegmentName, StoredSegment> found = store.findAll(names);
    found.forEach(this::stored);
    synchronized (this) {
      for (SegmentName name : names) {
        Wait wait = waits.get(name);
        if (wait != null && !found.containsKey(name)) {
          wait.end.complete(Optional.empty());
        }
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    waits.values().forEach(wait -> wait.end.complete(Optional.empty()));
  }
}
