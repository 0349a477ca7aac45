package dev.tritontube.web.admin;

import dev.tritontube.proto.admin.v1.ChangeProgress;
import dev.tritontube.proto.admin.v1.JobCounts;
import dev.tritontube.proto.admin.v1.Node;
import dev.tritontube.proto.admin.v1.NodeShare;
import dev.tritontube.proto.admin.v1.PlannedShare;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.LayoutPlan;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.Solver;
import dev.tritontube.web.cluster.LayoutChange;
import dev.tritontube.web.cluster.NodeView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Domain values as messages of `tritontube.admin.v1`.
final class AdminMessages {
  private AdminMessages() {}

  static List<Node> nodes(Layout layout, List<NodeView> views) {
    return layout.nodes().stream().map(node -> node(layout, node, views)).toList();
  }

  static Node node(Layout layout, LayoutNode node, List<NodeView> views) {
    Node.Builder message =
        Node.newBuilder()
            .setId(node.id().value())
            .setAddress(node.address())
            .setZone(node.zone())
            .setWeight(node.weight())
            .setState(node.state().name())
            .setHealth("DOWN")
            .setReplicas(layout.ownedCounts().getOrDefault(node.id(), 0));
    view(node, views)
        .ifPresent(
            view ->
                message
                    .setHealth(view.condition().name())
                    .setBlobs(view.blobs())
                    .setBytes(view.blobBytes())
                    .setCapacityBytes(view.capacityBytes()));
    return message.build();
  }

  private static Optional<NodeView> view(LayoutNode node, List<NodeView> views) {
    return views.stream().filter(view -> view.node().id().equals(node.id())).findFirst();
  }

  /// What each node owns, or is to own while a change runs, and what its weight says.
  static List<NodeShare> shares(Layout layout) {
    Map<NodeId, Integer> owned = layout.ownedCounts();
    Map<NodeId, Integer> quotas =
        layout.joint() ? owned : Solver.plan(layout, layout.nodes()).quotas();
    return layout.nodes().stream()
        .map(
            node ->
                NodeShare.newBuilder()
                    .setId(node.id().value())
                    .setAddress(node.address())
                    .setArcs(owned.getOrDefault(node.id(), 0))
                    .setQuota(quotas.getOrDefault(node.id(), 0))
                    .build())
        .toList();
  }

  static List<PlannedShare> shares(LayoutPlan plan) {
    Map<NodeId, Integer> before = plan.from().ownedCounts();
    Map<NodeId, Integer> after = plan.target().ownedCounts();
    return plan.target().nodes().stream()
        .map(
            node ->
                PlannedShare.newBuilder()
                    .setId(node.id().value())
                    .setAddress(node.address())
                    .setArcsBefore(before.getOrDefault(node.id(), 0))
                    .setArcsAfter(after.getOrDefault(node.id(), 0))
                    .build())
        .toList();
  }

  static ChangeProgress progress(LayoutChange change, long epoch, Instant now) {
    LayoutChange.Movement movement = change.movement();
    ChangeProgress.Builder message =
        ChangeProgress.newBuilder()
            .setChangeId(change.id())
            .setKind(change.kind().word())
            .setNodeId(change.subject().node().value())
            .setPhase(change.phase().name())
            .setEpoch(epoch)
            .setArcsDone(change.finished() ? movement.arcReplicas() : movement.copied())
            .setArcsTotal(movement.arcReplicas())
            .setMovedReplicas(movement.arcReplicas())
            .setMinimumReplicas(movement.minimum())
            .setMovedBlobs(movement.blobs())
            .setMovedBytes(movement.bytes())
            .setSeconds(seconds(change.elapsed(now)))
            .setEtaSeconds(etaSeconds(change, now))
            .addAllWarnings(change.warnings());
    if (!change.waiting().isEmpty()) {
      message.addWarnings("waiting: " + change.waiting());
    }
    return message.build();
  }

  /// By the arcs gone through so far; negative while there are none.
  private static double etaSeconds(LayoutChange change, Instant now) {
    long done = change.movement().copied();
    if (change.finished()) {
      return 0;
    }
    return done == 0
        ? -1
        : seconds(change.elapsed(now)) * (change.movement().arcReplicas() - done) / done;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  static JobCounts jobs(dev.tritontube.web.jobs.JobCounts counts) {
    return JobCounts.newBuilder()
        .setWaiting(counts.waiting())
        .setRunning(counts.running())
        .setRetrying(counts.retrying())
        .setDone(counts.done())
        .setDead(counts.dead())
        .setCancelled(counts.cancelled())
        .build();
  }
}
