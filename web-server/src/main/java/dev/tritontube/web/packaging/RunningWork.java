package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What this process is packaging, so that it can be stopped. Thread-safe.
final class RunningWork {
  private final Map<AssetId, Entry> entries = new ConcurrentHashMap<>();

  /// One asset in work.
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
      entries.remove(asset, this);
    }
  }

  Entry enter(AssetId asset) {
    Entry entry = new Entry(asset);
    entries.put(asset, entry);
    return entry;
  }

  void cancel(AssetId asset) {
    Entry entry = entries.get(asset);
    if (entry != null) {
      entry.cancellation.cancel();
    }
  }
}
