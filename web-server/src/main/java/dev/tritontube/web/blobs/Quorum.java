package dev.tritontube.web.blobs;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How many owners must hold a write before it counts: a majority of the replicas, W, in the owners
/// of before a change of layout and also in those of after it.
///
/// @param owners the owners, in a joint layout those of before
/// @param nextOwners the owners of after; the same when the arc is not moving
/// @param needed W
record Quorum(List<LayoutNode> owners, List<LayoutNode> nextOwners, int needed) {

  static Quorum of(Layout layout, int arc) {
    return new Quorum(layout.owners(arc), layout.nextOwners(arc), layout.replicas() / 2 + 1);
  }

  /// Every owner, of before and of after, once; those of before first.
  List<LayoutNode> all() {
    Set<LayoutNode> all = new LinkedHashSet<>(owners);
    all.addAll(nextOwners);
    return new ArrayList<>(all);
  }

  /// True when these owners, themselves or through a node that stands in for them, are enough.
  boolean reachedBy(Set<NodeId> covered) {
    return enough(owners, covered) && enough(nextOwners, covered);
  }

  private boolean enough(List<LayoutNode> set, Set<NodeId> covered) {
    return set.stream().filter(node -> covered.contains(node.id())).count() >= needed;
  }
}
