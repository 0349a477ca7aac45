package dev.tritontube.node.peers;

import dev.tritontube.ring.NodeId;

/// Where a node says that it is.
///
/// @param address `host:port`
public record Announcement(NodeId node, String clusterId, String address) {
  private static final int MAX_CHARACTERS = 300;

  public Announcement {
    if (address.isBlank() || address.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException("node " + node + " announced an unusable address");
    }
    if (clusterId.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException("node " + node + " announced an unusable cluster id");
    }
  }
}
