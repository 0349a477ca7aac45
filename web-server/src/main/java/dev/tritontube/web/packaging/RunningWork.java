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
    private final Cancellation cancellation = new Cancellation();

    private Entry(AssetId asset) {
      this.asset = asset;
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
    Entry entry = new Entry(asset);
    entries.add(entry);
    return entry;
  }

  /// What it is doing something with.
  List<AssetId> assets() {
    return entries.stream().map(entry -> entry.asset).distinct().toList();
  }

  void cancel(AssetId asset) {
    entries.stream()
        .filter(entry -> entry.asset.equals(asset))
        .forEach(entry -> entry.cancellation.cancel());
  }
}
