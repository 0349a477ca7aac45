package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Requests for manifests that are held while their assets are planned, by whichever process.
/// Thread-safe.
final class PlanWaits implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final PackagingStore assets;
  private final Waits<AssetId, AssetId> waits = new Waits<>("plan-waits", POLL, this::look);

  PlanWaits(PackagingStore assets) {
    this.assets = assets;
    waits.start();
  }

  /// Returns when an asset can be played or never will, or when the time is over.
  void await(AssetId asset, Duration patience) throws InterruptedException {
    waits.await(asset, patience);
  }

  private void look(List<AssetId> awaited) {
    assets.decided(awaited).forEach(asset -> waits.end(asset, Optional.of(asset)));
  }

  @Override
  public void close() {
    waits.close();
  }
}
