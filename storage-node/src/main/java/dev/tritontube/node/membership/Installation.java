package dev.tritontube.node.membership;

/// What became of a layout that an authority gave.
public sealed interface Installation {
  /// The newest layout known, its epoch, durable; an older one than that changed nothing.
  record Done(long epoch) implements Installation {}

  /// The bytes are not a layout.
  record NotALayout(String reason) implements Installation {}

  /// This node belongs to another cluster.
  record WrongCluster(String own, String given) implements Installation {}

  /// Another layout of this epoch is known.
  record Conflict(long epoch) implements Installation {}
}
