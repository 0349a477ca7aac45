package dev.tritontube.web.cluster;

import dev.tritontube.ring.NodeId;
import java.util.List;
import java.util.Optional;

/// What a storage node says about itself.
///
/// @param clusterId empty while it belongs to none
/// @param instance random for each process
record NodeDescription(
    NodeId id,
    Optional<String> clusterId,
    String zone,
    String instance,
    long epoch,
    boolean serving,
    Contents contents,
    List<Announcement> announced) {

  NodeDescription {
    announced = List.copyOf(announced);
  }

  /// @param blobs live blobs, hints included
  /// @param notes records of missing replicas, and hints
  record Contents(
      Disk disk, long capacityBytes, long blobs, long blobBytes, long missingRecords, long hints) {
    long notes() {
      return missingRecords + hints;
    }
  }

  enum Disk {
    OK,
    FULL,
    FAILED
  }

  /// Where a node said to its peers that it is now.
  record Announcement(NodeId id, String clusterId, String address) {}
}
