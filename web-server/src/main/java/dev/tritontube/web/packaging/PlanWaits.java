package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Requests for manifests that are held while their assets are planned, by whichever process. One
/// thread asks the catalog for all of them every `POLL`. Thread-safe.
final class PlanWaits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlanWaits.class);
  private static final Duration POLL = Duration.ofMillis(20);

  private final PackagingStore assets;
  private final Thread poller =
      Thread.ofPlatform().daemon().name("plan-waits").unstarted(this::poll);

  /// Guarded by this.
  private final Map<AssetId, Wait> waits = new HashMap<>();

  /// Guarded by this.
  private boolean closed;

  PlanWaits(PackagingStore assets) {
    this.assets = assets;
    poller.start();
  }

  private static final class Wait {
    private final CountDownLatch end = new CountDownLatch(1);
    private int waiters;
  }

  /// Returns when an asset can be played or never will, or when the time is over.
  void await(AssetId asset, Duration patience) throws InterruptedException {
    Wait wait = enter(asset);
    try {
      if (!wait.end.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("asset {} is not planned yet", asset);
      }
    } finally {
      leave(asset, wait);
    }
  }

  private synchronized Wait enter(AssetId asset) {
    Wait wait = waits.computeIfAbsent(asset, _ -> new Wait());
    wait.waiters++;
    if (closed) {
      wait.end.countDown();
    }
    notifyAll();
    return wait;
  }

  private synchronized void leave(AssetId asset, Wait wait) {
    wait.waiters--;
    if (wait.waiters == 0) {
      waits.remove(asset, wait);
    }
  }

  private void poll() {
    try {
      for (Set<AssetId> some = awaited(); !some.isEmpty(); some = awaited()) {
        look(some);
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for somebody who waits; empty when it is closed.
  private synchronized Set<AssetId> awaited() throws InterruptedException {
    while (waits.isEmpty() && !closed) {
      wait();
    }
    return closed ? Set.of() : Set.copyOf(waits.keySet());
  }

  private void look(Set<AssetId> some) {
    try {
      release(assets.decided(some));
    } catch (RuntimeException e) {
      LOG.warn("the catalog cannot tell of assets that are waited for", e);
    }
  }

  private synchronized void release(List<AssetId> decided) {
    for (AssetId asset : decided) {
      Wait wait = waits.get(asset);
      if (wait != null) {
        wait.end.countDown();
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    waits.values().forEach(wait -> wait.end.countDown());
  }
}
