package dev.tritontube.web.blobs;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which nodes are sent a write: the owners that are up, for an owner that is down the next
/// fallback node with a hint, and where no such node is left the word "missing on" to all the
/// others. When that could not make a quorum, every owner is tried, whatever is thought of its
/// health.
///
/// @param epoch of the layout that the plan is made by
/// @param missing owners that nobody stands in for; the targets put them on record with the blob
record WritePlan(long epoch, Quorum quorum, List<Target> targets, Set<NodeId> missing) {

  /// One node that is sent the write.
  ///
  /// @param owner the owner that an answer counts for: the node itself, or the one it keeps a hint
  ///   for
  record Target(LayoutNode node, NodeId owner) {
    Optional<NodeId> hintFor() {
      return node.id().equals(owner) ? Optional.empty() : Optional.of(owner);
    }
  }

  /// @param usable false for nodes that are down or refused this write before
  static WritePlan of(Layout layout, int arc, Predicate<NodeId> usable) {
    Quorum quorum = Quorum.of(layout, arc);
    List<Target> targets = new ArrayList<>();
    List<NodeId> down = new ArrayList<>();
    for (LayoutNode owner : quorum.all()) {
      if (usable.test(owner.id())) {
        targets.add(new Target(owner, owner.id()));
      } else {
        down.add(owner.id());
      }
    }
    Set<NodeId> missing = standIns(layout, arc, usable, down, targets);
    WritePlan plan = new WritePlan(layout.epoch(), quorum, targets, missing);
    return quorum.reachedBy(plan.covered()) ? plan : plan.withEveryOwner();
  }

  private static Set<NodeId> standIns(
      Layout layout, int arc, Predicate<NodeId> usable, List<NodeId> down, List<Target> targets) {
    Set<NodeId> missing = new LinkedHashSet<>();
    if (down.isEmpty()) {
      return missing;
    }
    Iterator<LayoutNode> fallbacks =
        layout.fallbacks(arc).stream().filter(node -> usable.test(node.id())).iterator();
    for (NodeId owner : down) {
      if (fallbacks.hasNext()) {
        targets.add(new Target(fallbacks.next(), owner));
      } else {
        missing.add(owner);
      }
    }
    return missing;
  }

  private WritePlan withEveryOwner() {
    List<Target> more = new ArrayList<>(targets);
    quorum.all().stream()
        .filter(owner -> missing.contains(owner.id()))
        .forEach(owner -> more.add(new Target(owner, owner.id())));
    return new WritePlan(epoch, quorum, more, Set.of());
  }

  /// The owners that would have the write if every target took it.
  Set<NodeId> covered() {
    Set<NodeId> covered = new HashSet<>();
    targets.forEach(target -> covered.add(target.owner()));
    return covered;
  }
}
