package dev.tritontube.web.blobs;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// In which order the nodes of an arc are asked for a blob: healthy owners first, the better of two
/// random ones by load before the others, then the owners that an arc is moving to, then those in
/// doubt; after all owners the fallback order, which may hold hints.
///
/// @param owners of before and after a change of layout
/// @param fallbacks asked only when no owner has the blob
record ReplicaOrder(List<LayoutNode> owners, List<LayoutNode> fallbacks) {

  static ReplicaOrder of(Layout layout, int arc, NodeHealth health, RandomGenerator random) {
    List<LayoutNode> owners = new ArrayList<>(Quorum.of(layout, arc).all());
    Set<NodeId> settled = new HashSet<>();
    layout.owners(arc).forEach(owner -> settled.add(owner.id()));
    for (int i = owners.size(); i > 1; i--) {
      Collections.swap(owners, i - 1, random.nextInt(i));
    }
    owners.sort(
        Comparator.comparing((LayoutNode node) -> health.state(node.id()))
            .thenComparing(node -> !settled.contains(node.id())));
    putBetterOfTwoFirst(owners, health, settled);
    return new ReplicaOrder(owners, layout.fallbacks(arc));
  }

  private static void putBetterOfTwoFirst(
      List<LayoutNode> owners, NodeHealth health, Set<NodeId> settled) {
    if (owners.size() < 2) {
      return;
    }
    NodeId first = owners.get(0).id();
    NodeId second = owners.get(1).id();
    boolean equals =
        health.state(first).usable() == health.state(second).usable()
            && settled.contains(first) == settled.contains(second);
    if (equals && health.vitals(second).load() < health.vitals(first).load()) {
      Collections.swap(owners, 0, 1);
    }
  }
}
