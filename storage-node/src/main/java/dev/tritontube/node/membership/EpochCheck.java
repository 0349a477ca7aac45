package dev.tritontube.node.membership;

import dev.tritontube.ring.Layout;

/// How a caller's epoch compares with this node's.
public sealed interface EpochCheck {
  /// The same, and this process serves.
  record Current(Layout layout) implements EpochCheck {}

  /// The caller is behind.
  record CallerStale(long nodeEpoch) implements EpochCheck {}

  /// This node is behind, or was not given a layout since it started.
  record NodeUnready(String reason) implements EpochCheck {}
}
