package dev.tritontube.admin;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON documents, whose names programs rely on.
final class Documents {
  private Documents() {}

  static Map<String, Object> nodes(List<Node> nodes) {
    return object("nodes", nodes.stream().map(Documents::node).toList());
  }

  static Map<String, Object> status(StatusResponse status) {
    return object(
        "health", status.getHealth(),
        "epoch", status.getEpoch(),
        "underReplicated", status.getUnderReplicated(),
        "nodes", status.getNodesList().stream().map(Documents::node).toList(),
        "jobs", jobs(status.getJobs()),
        "workers", status.getWorkersList().stream().map(Documents::worker).toList());
  }

  private static Map<String, Object> worker(Worker worker) {
    Sandbox sandbox = worker.getSandbox();
    return object(
        "id", worker.getId(),
        "host", worker.getHost(),
        "sandbox",
            object(
                "degree", sandbox.getDegree(),
                "landlock", sandbox.getLandlock(),
                "parts",
                    object(
                        "files", sandbox.getFiles(),
                        "ports", sandbox.getPorts(),
                        "signals", sandbox.getSignals(),
                        "calls", sandbox.getCalls()),
                "limits", sandbox.getLimits(),
                "reason", sandbox.getReason().isEmpty() ? null : sandbox.getReason()));
  }

  static Map<String, Object> ring(ShowRingResponse ring) {
    return object(
        "epoch", ring.getEpoch(),
        "arcs", ring.getArcs(),
        "replicas", ring.getReplicas(),
        "nodes", ring.getNodesList().stream().map(Documents::share).toList(),
        "change", ring.hasChange() ? change(ring.getChange()) : null);
  }

  /// How a change that was waited for ended.
  static Map<String, Object> moved(ChangeProgress change) {
    return object(
        "epoch", change.getEpoch(),
        "movedReplicas", change.getMovedReplicas(),
        "minimumReplicas", change.getMinimumReplicas(),
        "movedBlobs", change.getMovedBlobs(),
        "movedBytes", change.getMovedBytes(),
        "seconds", change.getSeconds());
  }

  static Map<String, Object> progress(ChangeProgress change) {
    return object(
        "epoch",
        change.getEpoch(),
        "change",
        change.getChangeId().isEmpty() ? null : change(change));
  }

  static Map<String, Object> located(String key, LocateKeyResponse place) {
    return object(
        "key", key,
        "arc", place.getArc(),
        "epoch", place.getEpoch(),
        "owners", place.getOwnersList().stream().map(Documents::node).toList(),
        "nextOwners", place.getNextOwnersList().stream().map(Documents::node).toList(),
        "holders", List.copyOf(place.getHoldersList()));
  }

  static Map<String, Object> plan(PlanRingResponse plan) {
    return object(
        "epoch", plan.getEpoch(),
        "movedReplicas", plan.getMovedReplicas(),
        "minimumReplicas", plan.getMinimumReplicas(),
        "estimatedBytes", plan.getEstimatedBytes(),
        "steps", plan.getSteps(),
        "nodes", plan.getNodesList().stream().map(Documents::share).toList(),
        "warnings", List.copyOf(plan.getWarningsList()));
  }

  private static Map<String, Object> change(ChangeProgress change) {
    return object(
        "id", change.getChangeId(),
        "kind", change.getKind(),
        "node", change.getNodeId(),
        "phase", change.getPhase(),
        "arcsDone", change.getArcsDone(),
        "arcsTotal", change.getArcsTotal(),
        "movedReplicas", change.getMovedReplicas(),
        "minimumReplicas", change.getMinimumReplicas(),
        "movedBlobs", change.getMovedBlobs(),
        "movedBytes", change.getMovedBytes(),
        "seconds", change.getSeconds(),
        "etaSeconds", change.getEtaSeconds() < 0 ? null : change.getEtaSeconds(),
        "warnings", List.copyOf(change.getWarningsList()));
  }

  private static Map<String, Object> node(Node node) {
    return object(
        "id", node.getId(),
        "address", node.getAddress(),
        "zone", node.getZone(),
        "weight", node.getWeight(),
        "state", node.getState(),
        "health", node.getHealth(),
        "replicas", node.getReplicas(),
        "blobs", node.getBlobs(),
        "bytes", node.getBytes(),
        "capacityBytes", node.getCapacityBytes());
  }

  private static Map<String, Object> share(NodeShare share) {
    return object(
        "id", share.getId(),
        "address", share.getAddress(),
        "arcs", share.getArcs(),
        "quota", share.getQuota());
  }

  private static Map<String, Object> share(PlannedShare share) {
    return object(
        "id", share.getId(),
        "address", share.getAddress(),
        "arcsBefore", share.getArcsBefore(),
        "arcsAfter", share.getArcsAfter());
  }

  private static Map<String, Object> jobs(JobCounts jobs) {
    return object(
        "waiting", jobs.getWaiting(),
        "running", jobs.getRunning(),
        "retrying", jobs.getRetrying(),
        "done", jobs.getDone(),
        "dead", jobs.getDead(),
        "cancelled", jobs.getCancelled());
  }

  /// Names and values in turn; the order is kept.
  @SuppressWarnings("NullAway") // JSON knows null
  static Map<String, Object> object(@Nullable Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }
}
