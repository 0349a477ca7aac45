package dev.tritontube.node.grpc;

import dev.tritontube.node.engine.Note;
import dev.tritontube.node.engine.StoreStats;
import dev.tritontube.node.membership.Membership;
import dev.tritontube.node.peers.Announcement;
import dev.tritontube.node.replication.NodeBlobs;
import dev.tritontube.proto.node.v1.AnnounceRequest;
import dev.tritontube.proto.node.v1.DescribeResponse;

/// What a node says of itself. Thread-safe.
final class Description {
  private final Membership membership;
  private final NodeBlobs blobs;
  private final String zone;
  private final String instance;

  /// @param instance random for each process
  Description(Membership membership, NodeBlobs blobs, String zone, String instance) {
    this.membership = membership;
    this.blobs = blobs;
    this.zone = zone;
    this.instance = instance;
  }

  DescribeResponse describe() {
    StoreStats stats = blobs.store().stats();
    return DescribeResponse.newBuilder()
        .setNodeId(membership.nodeId().value())
        .setClusterId(membership.clusterId().orElse(""))
        .setZone(zone)
        .setCapacityBytes(stats.capacityBytes())
        .setUsedBytes(stats.usedBytes())
        .setBlobs(stats.blobs())
        .setBlobBytes(stats.blobBytes())
        .setTombstones(stats.tombstones())
        .setEpoch(membership.epoch())
        .setServing(membership.serving())
        .setDisk(stats.disk().name())
        .setMissingRecords(blobs.count(Note.Kind.MISSING))
        .setHints(blobs.count(Note.Kind.HINT))
        .addAllAnnounced(membership.announced().stream().map(Description::announced).toList())
        .setInstance(instance)
        .build();
  }

  private static AnnounceRequest announced(Announcement announcement) {
    return AnnounceRequest.newBuilder()
        .setNodeId(announcement.node().value())
        .setClusterId(announcement.clusterId())
        .setAddress(announcement.address())
        .build();
  }
}
