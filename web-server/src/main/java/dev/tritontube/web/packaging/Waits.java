package dev.tritontube.web.packaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Requests that are held until something is there, which this process or another makes. One thread
/// looks for all of them, again and again while there are any. Thread-safe.
///
/// @param <K> names what is awaited
/// @param <V> what is given to those who wait
final class Waits<K, V> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Waits.class);

  private final String name;
  private final Duration poll;
  private final Consumer<List<K>> look;

  /// Guarded by this.
  private final Map<K, Wait<V>> waits = new HashMap<>();

  /// Guarded by this.
  private boolean closed;

  /// @param name of the thread
  /// @param poll how late news from another process may come
  /// @param look is given all that is awaited, and calls [#end] for what it finds
  Waits(String name, Duration poll, Consumer<List<K>> look) {
    this.name = name;
    this.poll = poll;
    this.look = look;
  }

  private static final class Wait<V> {
    private final CompletableFuture<Optional<V>> end = new CompletableFuture<>();
    private int waiters;
  }

  void start() {
    Thread.ofPlatform().daemon().name(name).start(this::poll);
  }

  /// @return empty when the time is over, or when there is nothing to wait for
  Optional<V> await(K key, Duration patience) throws InterruptedException {
    Wait<V> wait = enter(key);
    try {
      return wait.end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for " + key + " failed", e.getCause());
    } finally {
      leave(key, wait);
    }
  }

  private synchronized Wait<V> enter(K key) {
    Wait<V> wait = waits.computeIfAbsent(key, _ -> new Wait<>());
    wait.waiters++;
    if (closed) {
      wait.end.complete(Optional.empty());
    }
    notifyAll();
    return wait;
  }

  private synchronized void leave(K key, Wait<V> wait) {
    wait.waiters--;
    if (wait.waiters == 0) {
      waits.remove(key, wait);
    }
  }

  /// Answers those who wait for something, if anybody does.
  ///
  /// @param value empty: it will never come
  synchronized void end(K key, Optional<V> value) {
    Wait<V> wait = waits.get(key);
    if (wait != null) {
      wait.end.complete(value);
    }
  }

  private void poll() {
    try {
      for (List<K> some = awaited(); !some.isEmpty(); some = awaited()) {
        lookAt(some);
        TimeUnit.MILLISECONDS.sleep(poll.toMillis());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for somebody who waits; empty when it is closed.
  private synchronized List<K> awaited() throws InterruptedException {
    while (waits.isEmpty() && !closed) {
      wait();
    }
    return closed ? List.of() : List.copyOf(waits.keySet());
  }

  private void lookAt(List<K> some) {
    try {
      look.accept(some);
    } catch (RuntimeException e) {
      LOG.warn("{}: the catalog cannot tell", name, e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    waits.values().forEach(wait -> wait.end.complete(Optional.empty()));
  }
}
