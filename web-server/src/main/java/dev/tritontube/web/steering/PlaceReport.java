package dev.tritontube.web.steering;

import dev.tritontube.ring.NodeId;
import java.util.List;

/// Where a blob belongs, and where it is.
///
/// @param nextOwners while the arc is moving: the owners after the change; empty otherwise
/// @param holders the nodes that have it at this moment
public record PlaceReport(
    int arc,
    long epoch,
    List<NodeReport> owners,
    List<NodeReport> nextOwners,
    List<NodeId> holders) {
  public PlaceReport {
    owners = List.copyOf(owners);
    nextOwners = List.copyOf(nextOwners);
    holders = List.copyOf(holders);
  }
}
