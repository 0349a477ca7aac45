package dev.tritontube.node.membership;

import dev.tritontube.ring.NodeId;
import java.io.IOException;
import java.util.Optional;

/// Who this node is, for as long as its data folder exists.
public interface NodeIdentity {
  NodeId nodeId();

  /// Empty until the node has joined a cluster.
  Optional<String> clusterId();

  /// Joins a cluster for ever. Durable when it returns.
  void join(String clusterId) throws IOException;
}
