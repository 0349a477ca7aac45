package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.BlobException.Reason;
import dev.tritontube.web.blobs.Blobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/// Stores the segments of one attempt on the ring. For each: the intent, then the blob, then its
/// place in the catalog. The first attempt that stores a segment wins; what another stores later is
/// deleted at once. Thread-safe for different representations.
final class RingSegmentSink implements SegmentSink {
  /// One intent covers as many numbers, to spare writes to the catalog.
  private static final long RESERVED_AT_ONCE = 16;

  private final Blobs blobs;
  private final PackagingStore store;
  private final Attempt attempt;
  private final SegmentListener listener;
  private final Map<String, Set<Long>> present = new ConcurrentHashMap<>();
  private final Map<String, Long> reserved = new ConcurrentHashMap<>();
  private final EncodingPlan plan;

  /// Told of each segment that is there, after it is in the catalog.
  interface SegmentListener {
    void stored(String representation, long number) throws IOException;
  }

  RingSegmentSink(
      Blobs blobs,
      PackagingStore store,
      Attempt attempt,
      EncodingPlan plan,
      SegmentListener listener) {
    this.blobs = blobs;
    this.store = store;
    this.attempt = attempt;
    this.plan = plan;
    this.listener = listener;
    for (PackagingStore.Segment segment : store.segments(attempt.asset(), attempt.revision())) {
      present
          .computeIfAbsent(segment.representation(), _ -> ConcurrentHashMap.newKeySet())
          .add(segment.number());
    }
  }

  @Override
  public void store(String representation, long number, ByteBuffer bytes) throws IOException {
    if (!present.getOrDefault(representation, Set.of()).contains(number)) {
      reserve(representation, number, plan.timeline(representation));
      put(representation, number, bytes);
    }
    listener.stored(representation, number);
  }

  /// Stores what an attempt has one of.
  ///
  /// @param what `Attempt.POSTER` or `Attempt.PRESENTATION`
  void storeSingle(String what, long number, ByteBuffer bytes) throws IOException {
    throwUnless(store.reserve(attempt, what, number + 1));
    put(what, number, bytes);
  }

  private void reserve(String representation, long number, Timeline timeline) {
    long limit = reserved.getOrDefault(representation, -1L);
    if (number >= limit) {
      long next = Math.min(timeline.count(), Math.max(0, number) + RESERVED_AT_ONCE);
      throwUnless(store.reserve(attempt, representation, next));
      reserved.put(representation, next);
    }
  }

  private void put(String representation, long number, ByteBuffer bytes) throws IOException {
    BlobKey key = attempt.key(representation, number);
    int length = bytes.remaining();
    try {
      blobs.put(key, bytes);
    } catch (BlobException e) {
      if (e.reason() == Reason.KEY_DELETED) {
        throw closed(); // Swept, so another attempt has taken over.
      }
      throw e;
    }
    switch (store.record(attempt, representation, number, length)) {
      case FIRST -> {}
      case ANOTHER_WAS_FIRST -> blobs.delete(key);
      case CLOSED -> {
        blobs.delete(key);
        throw closed();
      }
    }
  }

  private void throwUnless(boolean open) {
    if (!open) {
      throw closed();
    }
  }

  private CancellationException closed() {
    return new CancellationException(
        "attempt " + attempt.id() + " of " + attempt.asset() + " is closed");
  }
}
