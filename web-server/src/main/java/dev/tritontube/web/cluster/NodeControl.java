package dev.tritontube.web.cluster;

import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The control plane of storage nodes, each called at its address (`host:port`). Blocking, with
/// deadlines. Thread-safe.
interface NodeControl {
  NodeDescription describe(String address) throws NodeCallException;

  /// Durable when it returns: from then on the node refuses older epochs.
  void install(String address, Layout layout) throws NodeCallException;

  /// The newest layout that the node knows; empty when it knows none.
  Optional<Layout> layout(String address) throws NodeCallException;

  /// Makes the node pull what it lacks of these arcs from all others.
  ///
  /// @return the end of the pass
  SyncProgress sync(String address, ArcSet arcs, long epoch, Consumer<SyncProgress> progress)
      throws NodeCallException;

  /// Makes the node forget what it does not own by the layout of exactly this epoch.
  void purgeUnowned(String address, long epoch) throws NodeCallException;

  /// @param node empty: for every node
  /// @param atMost where the list is cut off
  List<MissingReplica> missing(String address, Optional<NodeId> node, int atMost)
      throws NodeCallException;

  void clearMissing(String address, Collection<MissingReplica> replicas) throws NodeCallException;

  /// True when the node holds a live blob of this key.
  boolean holds(String address, BlobKey key, long epoch) throws NodeCallException;
}
