package dev.tritontube.web.admin;

import dev.tritontube.proto.admin.v1.ChangeProgress;
import dev.tritontube.proto.admin.v1.JobCounts;
import dev.tritontube.proto.admin.v1.LocateKeyResponse;
import dev.tritontube.proto.admin.v1.Node;
import dev.tritontube.proto.admin.v1.NodeShare;
import dev.tritontube.proto.admin.v1.PlanRingResponse;
import dev.tritontube.proto.admin.v1.PlannedShare;
import dev.tritontube.proto.admin.v1.Sandbox;
import dev.tritontube.proto.admin.v1.ShowRingResponse;
import dev.tritontube.proto.admin.v1.StatusResponse;
import dev.tritontube.proto.admin.v1.Worker;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.web.cluster.LayoutChange;
import dev.tritontube.web.packaging.SandboxState;
import dev.tritontube.web.steering.ChangeReport;
import dev.tritontube.web.steering.NodeReport;
import dev.tritontube.web.steering.PlaceReport;
import dev.tritontube.web.steering.PlanReport;
import dev.tritontube.web.steering.RingReport;
import dev.tritontube.web.steering.StatusReport;
import java.time.Duration;
import java.util.List;

/// Reports as messages of `tritontube.admin.v1`.
final class AdminMessages {
  private AdminMessages() {}

  static List<Node> nodes(List<NodeReport> nodes) {
    return nodes.stream().map(AdminMessages::node).toList();
  }

  private static Node node(NodeReport report) {
    LayoutNode node = report.node();
    return Node.newBuilder()
        .setId(node.id().value())
        .setAddress(node.address())
        .setZone(node.zone())
        .setWeight(node.weight())
        .setState(node.state().name())
        .setHealth(report.condition().name())
        .setReplicas(report.replicas())
        .setBlobs(report.usage().blobs())
        .setBytes(report.usage().bytes())
        .setCapacityBytes(report.usage().capacityBytes())
        .build();
  }

  static StatusResponse status(StatusReport report) {
    return StatusResponse.newBuilder()
        .setHealth(report.health().name())
        .setEpoch(report.epoch())
        .setUnderReplicated(report.underReplicated())
        .addAllNodes(nodes(report.nodes()))
        .setJobs(jobs(report.jobs()))
        .addAllWorkers(report.workers().stream().map(AdminMessages::worker).toList())
        .build();
  }

  private static Worker worker(dev.tritontube.web.workers.Worker worker) {
    SandboxState sandbox = worker.sandbox();
    return Worker.newBuilder()
        .setId(worker.id())
        .setHost(worker.host())
        .setSandbox(
            Sandbox.newBuilder()
                .setDegree(sandbox.degree().name())
                .setLandlock(sandbox.landlock())
                .setFiles(sandbox.protection().files())
                .setPorts(sandbox.protection().ports())
                .setSignals(sandbox.protection().signals())
                .setCalls(sandbox.protection().calls())
                .setLimits(sandbox.limits())
                .setReason(sandbox.reason()))
        .build();
  }

  static ShowRingResponse ring(RingReport report) {
    Layout layout = report.layout();
    ShowRingResponse.Builder ring =
        ShowRingResponse.newBuilder()
            .setEpoch(layout.epoch())
            .setArcs(layout.arcs())
            .setReplicas(layout.replicas())
            .addAllNodes(report.shares().stream().map(AdminMessages::share).toList());
    if (layout.joint()) {
      ring.setJointEpoch(layout.epoch());
    }
    report.change().ifPresent(change -> ring.setChange(progress(change)));
    return ring.build();
  }

  private static NodeShare share(RingReport.Share share) {
    return NodeShare.newBuilder()
        .setId(share.node().id().value())
        .setAddress(share.node().address())
        .setArcs(share.arcs())
        .setQuota(share.quota())
        .build();
  }

  static LocateKeyResponse place(PlaceReport report) {
    return LocateKeyResponse.newBuilder()
        .setArc(report.arc())
        .setEpoch(report.epoch())
        .addAllOwners(nodes(report.owners()))
        .addAllNextOwners(nodes(report.nextOwners()))
        .addAllHolders(report.holders().stream().map(NodeId::value).toList())
        .build();
  }

  static PlanRingResponse plan(PlanReport report) {
    return PlanRingResponse.newBuilder()
        .setEpoch(report.plan().from().epoch())
        .setMovedReplicas(report.plan().moves().size())
        .setMinimumReplicas(report.plan().minimumMoves())
        .setEstimatedBytes(report.estimatedBytes())
        .addAllNodes(report.shares().stream().map(AdminMessages::share).toList())
        .addAllWarnings(report.plan().warnings())
        .setSteps(report.steps())
        .build();
  }

  private static PlannedShare share(PlanReport.Share share) {
    return PlannedShare.newBuilder()
        .setId(share.node().id().value())
        .setAddress(share.node().address())
        .setArcsBefore(share.arcsBefore())
        .setArcsAfter(share.arcsAfter())
        .build();
  }

  static ChangeProgress progress(ChangeReport report) {
    LayoutChange change = report.change();
    LayoutChange.Movement movement = change.movement();
    return ChangeProgress.newBuilder()
        .setChangeId(change.id())
        .setKind(change.kind().word())
        .setNodeId(change.subject().node().value())
        .setPhase(change.phase().name())
        .setEpoch(report.epoch())
        .setArcsDone(report.arcsDone())
        .setArcsTotal(movement.arcReplicas())
        .setMovedReplicas(movement.arcReplicas())
        .setMinimumReplicas(movement.minimum())
        .setMovedBlobs(movement.blobs())
        .setMovedBytes(movement.bytes())
        .setSeconds(seconds(report.elapsed()))
        .setEtaSeconds(report.left().map(AdminMessages::seconds).orElse(-1.0))
        .addAllWarnings(report.warnings())
        .build();
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static JobCounts jobs(dev.tritontube.web.jobs.JobCounts counts) {
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
