package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;

/// W: on how many nodes an acknowledged blob is durable at least.
final class WriteQuorum {
  private WriteQuorum() {}

  /// How many nodes of a layout may be out of reach without hiding an acknowledged blob from those
  /// who ask all others, and without being enough, together, to acknowledge one behind their backs:
  /// W - 1.
  static int dispensable(Layout layout) {
    return of(layout) - 1;
  }

  /// A majority of the replicas.
  static int of(Layout layout) {
    return layout.replicas() / 2 + 1;
  }
}
