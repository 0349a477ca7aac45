package dev.tritontube.web.cluster;

import dev.tritontube.ring.NodeId;
import java.util.HashSet;
import java.util.Set;

/// How far an arc-sync is.
///
/// @param failed keys that no source could give
/// @param unreachable nodes that could not be listed
record SyncProgress(
    long arcsDone,
    long arcsTotal,
    long copiedBlobs,
    long copiedBytes,
    long copiedTombstones,
    long failed,
    Set<NodeId> unreachable) {

  static final SyncProgress NONE = new SyncProgress(0, 0, 0, 0, 0, 0, Set.of());

  SyncProgress {
    unreachable = Set.copyOf(unreachable);
  }

  /// Two passes that ran side by side, on different nodes.
  SyncProgress and(SyncProgress other) {
    Set<NodeId> silent = new HashSet<>(unreachable);
    silent.addAll(other.unreachable);
    return new SyncProgress(
        arcsDone + other.arcsDone,
        arcsTotal + other.arcsTotal,
        copiedBlobs + other.copiedBlobs,
        copiedBytes + other.copiedBytes,
        copiedTombstones + other.copiedTombstones,
        failed + other.failed,
        silent);
  }

  boolean copiedNothing() {
    return copiedBlobs == 0 && copiedTombstones == 0;
  }
}
