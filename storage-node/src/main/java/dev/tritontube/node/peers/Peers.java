package dev.tritontube.node.peers;

/// The other nodes, by address. Thread-safe.
public interface Peers {
  /// @param address `host:port`; nothing is connected before the first call
  Peer at(String address);
}
