package dev.tritontube.ring;

/// What an administrator decided about a node. Health is another matter: a node that is down stays
/// in the layout.
public enum NodeState {
  /// Owns arcs by its weight.
  ACTIVE,
  /// Keeps what it owns until others have it; its quota is 0.
  DRAINING,
  /// Owns nothing any more.
  DRAINED
}
