package dev.tritontube.web.steering;

import dev.tritontube.ring.LayoutNode;
import dev.tritontube.web.cluster.NodeCondition;
import java.time.Duration;
import java.util.Optional;

/// A storage node: what the layout says of it, and what was last seen of it.
///
/// @param detail why it is not UP; empty when it is
/// @param replicas arcs of which it has a replica, or is to have one when a change runs
/// @param usage as it last said
/// @param latency a moving average of the time to its first answer; empty while it was not asked
public record NodeReport(
    LayoutNode node,
    NodeCondition condition,
    String detail,
    int replicas,
    Usage usage,
    Optional<Duration> latency) {

  /// @param blobs live ones
  /// @param bytes of them
  /// @param capacityBytes 0 while it never answered
  public record Usage(long blobs, long bytes, long capacityBytes) {
    static final Usage UNKNOWN = new Usage(0, 0, 0);
  }

  /// Without what changes all the time.
  NodeReport standing() {
    return new NodeReport(node, condition, detail, replicas, Usage.UNKNOWN, Optional.empty());
  }
}
