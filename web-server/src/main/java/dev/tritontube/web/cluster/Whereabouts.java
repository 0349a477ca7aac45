package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.NodeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds nodes that answer at another address than the layout's: a node that starts tells its peers
/// where it is, and that is believed when it answers there.
final class Whereabouts {
  private final NodeControl control;

  Whereabouts(NodeControl control) {
    this.control = control;
  }

  /// A node that was found at an address.
  ///
  /// @param instance of the process that answered
  record Found(NodeId node, String address, String instance) {}

  /// @param said what nodes of the layout told of others
  Map<NodeId, Found> find(Layout layout, Collection<NodeDescription> said)
      throws InterruptedException {
    Set<NodeDescription.Announcement> news =
        said.stream()
            .flatMap(description -> description.announced().stream())
            .filter(announced -> isNews(layout, announced))
            .collect(Collectors.toSet());
    Map<NodeId, Found> found = new HashMap<>();
    for (Optional<Found> there : Fan.out(news, announced -> verify(layout, announced))) {
      there.ifPresent(node -> found.put(node.node(), node));
    }
    return found;
  }

  private static boolean isNews(Layout layout, NodeDescription.Announcement announced) {
    return layout
        .node(announced.id())
        .filter(node -> !node.address().equals(announced.address()))
        .isPresent();
  }

  private Optional<Found> verify(Layout layout, NodeDescription.Announcement announced) {
    try {
      NodeDescription there = control.describe(announced.address());
      boolean same =
          there.id().equals(announced.id())
              && there.clusterId().equals(Optional.of(layout.clusterId()));
      return same
          ? Optional.of(new Found(there.id(), announced.address(), there.instance()))
          : Optional.empty();
    } catch (NodeCallException _) {
      return Optional.empty();
    }
  }
}
