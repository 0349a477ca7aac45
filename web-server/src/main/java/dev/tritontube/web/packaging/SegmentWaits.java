package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Requests that are held until their segment is there. A segment that is stored by this process
/// wakes them at once. Thread-safe.
final class SegmentWaits implements AutoCloseable {
  /// How late news from another process may come.
  private static final Duration POLL = Duration.ofMillis(50);

  /// What all together may hold: a few kilobytes of stack each.
  private static final int MOST = 10_000;

  private final SegmentStore store;
  private final PackagingStore assets;
  private final Semaphore places = new Semaphore(MOST);
  private final Waits<SegmentName, StoredSegment> waits =
      new Waits<>("segment-waits", POLL, this::look);

  SegmentWaits(SegmentStore store, PackagingStore assets) {
    this.store = store;
    this.assets = assets;
    waits.start();
  }

  /// @return empty when the time is over, there are too many who wait, or the segment will never
  ///   come
  Optional<StoredSegment> await(SegmentName name, Duration patience) throws InterruptedException {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return waits.await(name, patience);
    } finally {
      places.release();
    }
  }

  /// Wakes those who wait for a segment.
  void stored(SegmentName name, StoredSegment segment) {
    waits.end(name, Optional.of(segment));
  }

  private void look(List<SegmentName> awaited) {
    store.findAll(awaited).forEach(this::stored);
    List<AssetId> ended =
        assets.ended(awaited.stream().map(SegmentName::asset).distinct().toList());
    giveUp(awaited.stream().filter(name -> ended.contains(name.asset())).toList());
  }

  /// What is not there when an asset's work has ended never comes. Looked up once more, since the
  /// end came after the last look.
  private void giveUp(List<SegmentName> names) {
    Map<SegmentName, StoredSegment> found = store.findAll(names);
    names.forEach(name -> waits.end(name, Optional.ofNullable(found.get(name))));
  }

  @Override
  public void close() {
    waits.close();
  }
}
