package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.ChangeProgress;
import dev.tritontube.proto.admin.v1.LocateKeyResponse;
import dev.tritontube.proto.admin.v1.Node;
import dev.tritontube.proto.admin.v1.PlanRingResponse;
import dev.tritontube.proto.admin.v1.Sandbox;
import dev.tritontube.proto.admin.v1.ShowRingResponse;
import dev.tritontube.proto.admin.v1.StatusResponse;
import dev.tritontube.proto.admin.v1.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Answers as people read them.
final class Texts {
  private Texts() {}

  static String nodes(List<Node> nodes) {
    Table table =
        new Table(
            "ID", "ADDRESS", "ZONE", "STATE", "HEALTH", "REPLICAS", "BLOBS", "STORED", "CAPACITY");
    nodes.forEach(
        node ->
            table.row(
                node.getId(),
                node.getAddress(),
                node.getZone(),
                node.getState(),
                node.getHealth(),
                node.getReplicas(),
                node.getBlobs(),
                Sizes.text(node.getBytes()),
                Sizes.text(node.getCapacityBytes())));
    return table.toString();
  }

  static String status(StatusResponse status) {
    return "health            "
        + status.getHealth()
        + "\nepoch             "
        + status.getEpoch()
        + "\nunder-replicated  "
        + status.getUnderReplicated()
        + "\njobs              "
        + status.getJobs().getWaiting()
        + " waiting, "
        + status.getJobs().getRunning()
        + " running, "
        + status.getJobs().getRetrying()
        + " retrying, "
        + status.getJobs().getDead()
        + " dead\n\n"
        + nodes(status.getNodesList())
        + "\n\n"
        + workers(status.getWorkersList());
  }

  private static String workers(List<Worker> workers) {
    if (workers.isEmpty()) {
      return "no workers: nothing is encoded";
    }
    Table table = new Table("WORKER", "HOST", "SANDBOX");
    workers.forEach(
        worker -> table.row(worker.getId(), worker.getHost(), sandbox(worker.getSandbox())));
    return table.toString();
  }

  private static String sandbox(Sandbox sandbox) {
    List<String> offered = new ArrayList<>();
    if (sandbox.getLandlock() > 0) {
      offered.add("Landlock " + sandbox.getLandlock());
    }
    if (sandbox.getCalls()) {
      offered.add("seccomp");
    }
    if (sandbox.getLimits()) {
      offered.add("limits");
    }
    String degree = sandbox.getDegree().toLowerCase(Locale.ROOT);
    String state = offered.isEmpty() ? degree : degree + " (" + String.join(", ", offered) + ")";
    List<String> open = open(sandbox);
    if (!sandbox.getReason().isEmpty()) {
      return state + ": " + sandbox.getReason();
    }
    return open.isEmpty() ? state : state + ", open: " + String.join(", ", open);
  }

  /// What the programs are not kept from.
  private static List<String> open(Sandbox sandbox) {
    List<String> open = new ArrayList<>();
    if (!sandbox.getFiles()) {
      open.add("files");
    }
    if (!sandbox.getPorts()) {
      open.add("ports");
    }
    if (!sandbox.getSignals()) {
      open.add("signals");
    }
    if (!sandbox.getCalls()) {
      open.add("calls");
    }
    return open;
  }

  static String ring(ShowRingResponse ring) {
    Table table = new Table("ID", "ADDRESS", "ARCS", "QUOTA");
    ring.getNodesList()
        .forEach(
            node -> table.row(node.getId(), node.getAddress(), node.getArcs(), node.getQuota()));
    return "epoch "
        + ring.getEpoch()
        + ", "
        + ring.getArcs()
        + " arcs, "
        + ring.getReplicas()
        + " replicas, "
        + (ring.hasChange() ? change(ring.getChange()) : "no change running")
        + "\n\n"
        + table;
  }

  static String change(ChangeProgress change) {
    return change.getChangeId().isEmpty()
        ? "no change running"
        : String.format(
            Locale.ROOT,
            "%s of node %s: %s, %d of %d arcs, %d blobs, %s",
            change.getKind(),
            change.getNodeId(),
            change.getPhase(),
            change.getArcsDone(),
            change.getArcsTotal(),
            change.getMovedBlobs(),
            Sizes.text(change.getMovedBytes()));
  }

  static String moved(ChangeProgress change) {
    if (!change.getPhase().equals("DONE")) {
      return change(change) + "; it goes on";
    }
    return String.format(
        Locale.ROOT,
        "%s of node %s done at epoch %d in %.1f s: moved %d replicas of arcs (the minimum is %d), %d blobs, %s",
        change.getKind(),
        change.getNodeId(),
        change.getEpoch(),
        change.getSeconds(),
        change.getMovedReplicas(),
        change.getMinimumReplicas(),
        change.getMovedBlobs(),
        Sizes.text(change.getMovedBytes()));
  }

  static String located(LocateKeyResponse place) {
    return "arc      "
        + place.getArc()
        + " (epoch "
        + place.getEpoch()
        + ")\nowners   "
        + addresses(place.getOwnersList())
        + (place.getNextOwnersCount() == 0
            ? ""
            : "\nnext     " + addresses(place.getNextOwnersList()))
        + "\nheld by  "
        + (place.getHoldersCount() == 0 ? "nobody" : String.join(", ", place.getHoldersList()));
  }

  private static String addresses(List<Node> nodes) {
    return nodes.stream()
        .map(node -> node.getId() + " at " + node.getAddress())
        .collect(Collectors.joining(", "));
  }

  static String plan(PlanRingResponse plan) {
    Table table = new Table("ID", "ADDRESS", "ARCS BEFORE", "ARCS AFTER");
    plan.getNodesList()
        .forEach(
            node ->
                table.row(
                    node.getId(), node.getAddress(), node.getArcsBefore(), node.getArcsAfter()));
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "at epoch %d this would move %d replicas of arcs (the minimum is %d) in %d steps, about %s%n%n%s",
            plan.getEpoch(),
            plan.getMovedReplicas(),
            plan.getMinimumReplicas(),
            plan.getSteps(),
            Sizes.text(plan.getEstimatedBytes()),
            table));
    plan.getWarningsList().forEach(warning -> text.append("\nwarning: ").append(warning));
    return text.toString();
  }
}
