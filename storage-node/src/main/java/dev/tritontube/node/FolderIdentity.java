package dev.tritontube.node;

import dev.tritontube.node.engine.DataFolder;
import dev.tritontube.node.membership.NodeIdentity;
import dev.tritontube.ring.NodeId;
import java.io.IOException;
import java.util.Optional;

/// The identity that is kept in the data folder.
record FolderIdentity(DataFolder folder) implements NodeIdentity {
  @Override
  public NodeId nodeId() {
    return folder.identity().node();
  }

  @Override
  public Optional<String> clusterId() {
    return Optional.of(folder.identity().cluster()).filter(cluster -> !cluster.isEmpty());
  }

  @Override
  public void join(String clusterId) throws IOException {
    folder.adoptCluster(clusterId);
  }
}
