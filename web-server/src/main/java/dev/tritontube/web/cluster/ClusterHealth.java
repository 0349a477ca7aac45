package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How the whole cluster does.
public enum ClusterHealth {
  /// Every node is up and every blob has all its replicas.
  OK,
  /// Everything can be read, but a node is not up or a replica is missing.
  DEGRADED,
  /// There are blobs none of whose owners answers.
  DOWN;

  static ClusterHealth of(Layout layout, List<NodeView> nodes, long underReplicated) {
    Set<NodeId> reachable =
        nodes.stream()
            .filter(view -> view.condition().reachable())
            .map(view -> view.node().id())
            .collect(Collectors.toSet());
    boolean readable =
        IntStream.range(0, layout.arcs())
            .allMatch(
                arc ->
                    layout.owners(arc).stream().map(LayoutNode::id).anyMatch(reachable::contains));
    if (!readable) {
      return DOWN;
    }
    boolean allUp = nodes.stream().allMatch(view -> view.condition() == NodeCondition.UP);
    return allUp && underReplicated == 0 ? OK : DEGRADED;
  }
}
