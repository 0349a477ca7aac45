package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What this process is doing with assets, so that it can be stopped. Thread-safe.
final class RunningWork {
  private final Set<Entry> entries = ConcurrentHashMap.newKeySet();

  /// One piece of work.
  final class Entry implements AutoCloseable {
    private final AssetId asset;
    private final boolean aside;
    private final Cancellation cancellation = new Cancellation();

    private Entry(AssetId asset, boolean aside) {
      this.asset = asset;
      this.aside = aside;
    }

    Cancellation cancellation() {
      return cancellation;
    }

    @Override
    public void close() {
      entries.remove(this);
    }
  }

  Entry enter(AssetId asset) {
    return enter(new Entry(asset, false));
  }

  /// Enters what is no part of making the asset playable, and stands still while somebody waits for
  /// that.
  Entry enterAside(AssetId asset) {
    return enter(new Entry(asset, true));
  }

  private Entry enter(Entry entry) {
    entries.add(entry);
    return entry;
  }

  /// What it is making.
  List<AssetId> assets() {
    return entries.stream()
        .filter(entry -> !entry.aside)
        .map(entry -> entry.asset)
        .distinct()
        .toList();
  }

  /// Stops what is done aside for a while, or lets it go on.
  void stand(boolean still) {
    for (Entry entry : entries) {
      if (entry.aside && still) {
        entry.cancellation.pause();
      } else if (entry.aside) {
        entry.cancellation.resume();
      }
    }
  }

  void cancel(AssetId asset) {
    entries.stream()
        .filter(entry -> entry.asset.equals(asset))
        .forEach(entry -> entry.cancellation.cancel());
  }
}
