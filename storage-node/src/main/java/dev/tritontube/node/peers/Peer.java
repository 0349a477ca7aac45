package dev.tritontube.node.peers;

import dev.tritontube.node.engine.BufferPool;
import dev.tritontube.node.engine.ListedBlob;
import dev.tritontube.node.engine.Payload;
import dev.tritontube.ring.ArcRange;
import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Another node. Calls block, are bounded in time, and end early with an `InterruptedIOException`
/// when the thread is interrupted. Thread-safe.
public interface Peer {
  /// Hands out everything that the node holds in these arcs, tombstones included, in the order of
  /// the key hash.
  void list(List<ArcRange> arcs, Consumer<ListedBlob> sink) throws IOException;

  /// Copies a blob into buffers of the pool; empty when the node does not hold it.
  ///
  /// @return bytes that match their checksum; the caller closes it
  /// @throws SilentPeerException when the node does not answer
  /// @throws IOException when its copy is corrupt, or the pool is full
  Optional<Payload> fetch(BlobKey key, BufferPool into, Throttle throttle) throws IOException;

  /// Tells the node where another one (this one) is now.
  void announce(Announcement announcement) throws IOException;
}
