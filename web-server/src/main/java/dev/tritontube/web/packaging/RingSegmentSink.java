package dev.tritontube.web.packaging;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.BlobException.Reason;
import dev.tritontube.web.blobs.Blobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/// Stores the segments of one attempt on the ring: first the blob, then its place in the catalog,
/// then whoever waits for it is woken. The attempt's own row has named what it may write. The first
/// attempt that stores a segment wins; what another stores later is deleted at once. Thread-safe
/// for different representations.
final class RingSegmentSink implements SegmentSink {
  private final Blobs blobs;
  private final SegmentStore store;
  private final SegmentWaits waits;
  private final Attempt attempt;
  private final Span span;
  private final boolean filled;
  private final Runnable whenNotWanted;

  /// What is in the catalog already.
  private final Set<String> present = ConcurrentHashMap.newKeySet();

  /// Representations of which no more is wanted, since another attempt took over the rest.
  private final Set<String> over = ConcurrentHashMap.newKeySet();

  /// Where segments go.
  record Ground(Blobs blobs, SegmentStore store, SegmentWaits waits) {}

  /// @param filled whether they are made of nothing
  /// @param whenNotWanted called when no more is wanted of any representation
  RingSegmentSink(
      Ground ground, Attempt attempt, Span span, boolean filled, Runnable whenNotWanted) {
    this.blobs = ground.blobs();
    this.store = ground.store();
    this.waits = ground.waits();
    this.attempt = attempt;
    this.span = span;
    this.filled = filled;
    this.whenNotWanted = whenNotWanted;
    for (SegmentStore.Segment segment :
        store.segments(attempt.asset(), attempt.revision(), span.first(), span.end())) {
      present.add(place(segment.representation(), segment.number()));
    }
    for (String representation : new HashSet<>(span.representations())) {
      if (store
          .find(attempt.asset(), attempt.revision(), representation, SegmentSink.INIT)
          .isPresent()) {
        present.add(place(representation, SegmentSink.INIT));
      }
    }
  }

  @Override
  public void store(String representation, long number, ByteBuffer bytes) throws IOException {
    if (present.contains(place(representation, number)) || over.contains(representation)) {
      return;
    }
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
    switch (store.record(attempt, representation, number, length, filled)) {
      case FIRST ->
          waits.stored(
              name(representation, number),
              StoredSegment.of(attempt, representation, number, length));
      case ANOTHER_WAS_FIRST -> blobs.delete(key);
      case NOT_WANTED -> {
        blobs.delete(key);
        stop(representation);
      }
      case CLOSED -> {
        blobs.delete(key);
        throw closed();
      }
    }
  }

  private SegmentName name(String representation, long number) {
    return new SegmentName(attempt.asset(), attempt.revision(), representation, number);
  }

  private void stop(String representation) {
    over.add(representation);
    if (over.containsAll(span.representations())) {
      whenNotWanted.run();
    }
  }

  /// Whether another attempt took over the rest of all representations.
  boolean over() {
    return over.containsAll(span.representations());
  }

  private static String place(String representation, long number) {
    return representation + "/" + number;
  }

  private CancellationException closed() {
    return new CancellationException(
        "attempt " + attempt.id() + " of " + attempt.asset() + " is closed");
  }
}
