package dev.tritontube.node.replication;

import dev.tritontube.ring.NodeId;
import java.util.Set;

/// How far an arc-sync is, or how it ended.
///
/// @param failed keys that no source could give
/// @param unreachable nodes that could not be listed
public record SyncReport(
    long arcsDone,
    long arcsTotal,
    long copiedBlobs,
    long copiedBytes,
    long copiedTombstones,
    long failed,
    Set<NodeId> unreachable) {
  public SyncReport {
    unreachable = Set.copyOf(unreachable);
  }

  static SyncReport start(long arcsTotal) {
    return new SyncReport(0, arcsTotal, 0, 0, 0, 0, Set.of());
  }

  SyncReport plus(long arcs, Copies copies, Set<NodeId> nowUnreachable) {
    return new SyncReport(
        arcsDone + arcs,
        arcsTotal,
        copiedBlobs + copies.blobs(),
        copiedBytes + copies.bytes(),
        copiedTombstones + copies.tombstones(),
        failed + copies.failed(),
        nowUnreachable);
  }
}
