package dev.tritontube.node.replication;

import dev.tritontube.node.membership.Membership;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;

/// Forgets keys that the layout does not place here. A newer layout, which may place them here
/// again, waits until a decision by the one before is carried out, a key at a time. Thread-safe.
final class Disposal {
  private final Membership membership;
  private final NodeBlobs blobs;

  Disposal(Membership membership, NodeBlobs blobs) {
    this.membership = membership;
    this.blobs = blobs;
  }

  /// Forgets a key unless it is parked here for another node.
  ///
  /// @param unneeded asked of the newest layout; not asked, and nothing forgotten, while none is
  ///   known
  /// @return true when something was there and was forgotten
  boolean forget(BlobKey key, Predicate<Layout> unneeded) throws IOException {
    Lock lock = membership.writing();
    lock.lock();
    try {
      return membership.layout().filter(unneeded).isPresent() && blobs.forgetUnlessHinted(key);
    } finally {
      lock.unlock();
    }
  }
}
