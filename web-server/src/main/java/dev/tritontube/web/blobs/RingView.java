package dev.tritontube.web.blobs;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.web.blobs.BlobException.Reason;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The layout and the health of its nodes, as operations on blobs need them. Thread-safe.
record RingView(Layouts layouts, NodeHealth health, RandomGenerator random) {
  private static final Logger LOG = LoggerFactory.getLogger(RingView.class);

  /// @throws BlobException UNAVAILABLE before the cluster has a layout
  Layout current() throws BlobException {
    try {
      return layouts.current();
    } catch (IllegalStateException none) {
      throw new BlobException(Reason.UNAVAILABLE, "the cluster has no layout yet", none);
    }
  }

  /// Brings `current` up to an epoch that a node told of, if the authority can be read; otherwise
  /// what is known stays.
  void refresh(long epoch) throws BlobException {
    if (current().epoch() >= epoch) {
      return;
    }
    try {
      layouts.refresh(epoch);
    } catch (IOException failure) {
      LOG.warn("the layout of epoch {} cannot be read: {}", epoch, failure.toString());
    }
  }

  ReplicaOrder order(Layout layout, BlobKey key) {
    return ReplicaOrder.of(layout, layout.arcOf(key), health, random);
  }
}
