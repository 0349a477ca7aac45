package dev.tritontube.node.peers;

/// A budget of bytes over time. Thread-safe.
public interface Throttle {
  /// No limit.
  Throttle NONE = _ -> {};

  /// Waits until so many bytes may be moved.
  void take(int bytes) throws InterruptedException;
}
