package dev.tritontube.web.steering;

import dev.tritontube.ring.LayoutNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A storage node in the API's JSON.
///
/// @param detail why it is not UP; null when it is
/// @param latencyMillis a moving average of the time to its first answer; null while it was not
///   asked
record NodeDocument(
    String id,
    String address,
    String zone,
    long weight,
    String state,
    String health,
    @Nullable String detail,
    int replicas,
    long blobs,
    long bytes,
    long capacityBytes,
    @Nullable Double latencyMillis) {
  private static final double MICROS = 1000.0;

  static NodeDocument of(NodeReport report) {
    LayoutNode node = report.node();
    return new NodeDocument(
        node.id().value(),
        node.address(),
        node.zone(),
        node.weight(),
        node.state().name(),
        report.condition().name(),
        report.detail().isEmpty() ? null : report.detail(),
        report.replicas(),
        report.usage().blobs(),
        report.usage().bytes(),
        report.usage().capacityBytes(),
        report.latency().map(time -> time.toNanos() / 1000 / MICROS).orElse(null));
  }

  static List<NodeDocument> of(List<NodeReport> reports) {
    return reports.stream().map(NodeDocument::of).toList();
  }
}
