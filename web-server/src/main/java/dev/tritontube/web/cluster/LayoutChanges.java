package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.LayoutPlan;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import dev.tritontube.ring.TooFewNodesException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// Nodes are added, drained and removed here: wishes are checked, planned and written down; the
/// cluster carries them out, whatever becomes of the caller. One change at a time; the same wish
/// again joins the change that runs. Thread-safe.
public final class LayoutChanges {
  private final ChangeStore changes;
  private final CatalogLayouts layouts;
  private final NodeStore nodes;
  private final NodeDoor door;
  private final Birth birth;

  LayoutChanges(
      ChangeStore changes, CatalogLayouts layouts, NodeStore nodes, NodeDoor door, Birth birth) {
    this.changes = changes;
    this.layouts = layouts;
    this.nodes = nodes;
    this.door = door;
    this.birth = birth;
  }

  /// What a change is called and when it began.
  record Birth(InstantSource clock, RandomGenerator random) {
    String id() {
      return HexFormat.of().toHexDigits(random.nextLong());
    }
  }

  /// What an administrator wants.
  public sealed interface Wish {
    /// @param zone empty: the node's own
    /// @param weight empty: the node's capacity
    record Add(String address, Optional<String> zone, OptionalLong weight) implements Wish {}

    /// @param node id or address
    record Drain(String node) implements Wish {}

    /// @param node id or address
    /// @param forced the node is lost: do not wait for it
    record Remove(String node, boolean forced) implements Wish {}
  }

  /// Under what a wish holds.
  ///
  /// @param ifEpoch the epoch of the layout that it was planned from; empty: of any
  /// @param patience how long a node that is added may take to answer
  public record Terms(OptionalLong ifEpoch, Duration patience) {
    /// Whatever the layout is now.
    public static Terms within(Duration patience) {
      return new Terms(OptionalLong.empty(), patience);
    }
  }

  /// A wish that was understood.
  ///
  /// @param target the nodes that there are to be while it is carried out
  private record Intent(
      ChangeKind kind, LayoutChange.Subject subject, Layout from, List<LayoutNode> target) {}

  /// Begins to carry out a wish, or joins the change that does so already.
  ///
  /// @throws ClusterException when it is refused, `epoch_changed` when it was planned from another
  ///   layout; nothing has happened then
  /// @throws IOException when the catalog cannot be read
  public LayoutChange begin(Wish wish, Terms terms)
      throws ClusterException, IOException, InterruptedException {
    while (true) {
      Optional<LayoutChange> active = changes.active();
      if (active.isPresent()) {
        return join(active.get(), wish, terms);
      }
      Intent intent = understand(wish, terms);
      LayoutPlan plan = plan(intent);
      boolean still = plan.moves().isEmpty() && intent.kind() != ChangeKind.ADD;
      List<LayoutPlan.Step> steps = still ? List.of() : plan.steps();
      LayoutChange change = planned(intent, plan, steps.size());
      if (changes.begin(change, steps, intent.from().epoch())) {
        return change;
      }
    }
  }

  /// What a wish would move.
  public LayoutPlan preview(Wish wish, Terms terms)
      throws ClusterException, IOException, InterruptedException {
    Optional<LayoutChange> active = changes.active();
    if (active.isPresent()) {
      throw busy(active.get());
    }
    return plan(understand(wish, terms));
  }

  public Optional<LayoutChange> active() {
    return changes.active();
  }

  public Optional<LayoutChange> find(String id) {
    return changes.find(id);
  }

  private LayoutChange planned(Intent intent, LayoutPlan plan, int steps) {
    Instant now = birth.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    return new LayoutChange(
        birth.id(),
        intent.kind(),
        intent.subject(),
        ChangePhase.PLANNED,
        now,
        0,
        steps,
        new LayoutChange.Movement(plan.moves().size(), plan.minimumMoves(), 0, 0, 0),
        plan.warnings(),
        "",
        now,
        Optional.empty());
  }

  private LayoutChange join(LayoutChange active, Wish wish, Terms terms) throws ClusterException {
    boolean same =
        switch (wish) {
          case Wish.Add add ->
              active.kind() == ChangeKind.ADD && active.subject().address().equals(add.address());
          case Wish.Drain drain ->
              active.kind() == ChangeKind.DRAIN && names(drain.node(), active.subject());
          case Wish.Remove remove ->
              active.kind() == ChangeKind.REMOVE
                  && names(remove.node(), active.subject())
                  && active.subject().forced() == remove.forced();
        };
    if (!same) {
      throw busy(active);
    }
    // One that moves nothing is the same from any layout.
    if (active.steps() > 0) {
      requireEpoch(terms, changes.step(active.atStep(0)).joint().epoch() - 1);
    }
    return active;
  }

  /// @param epoch of the layout that is planned from
  private static void requireEpoch(Terms terms, long epoch) throws ClusterException {
    if (terms.ifEpoch().isPresent() && terms.ifEpoch().getAsLong() != epoch) {
      throw ClusterException.refused(
          "epoch_changed",
          "it was planned at epoch "
              + terms.ifEpoch().getAsLong()
              + ", and would begin at epoch "
              + epoch
              + ": plan it again");
    }
  }

  private static boolean names(String node, LayoutChange.Subject subject) {
    return subject.node().value().equals(node) || subject.address().equals(node);
  }

  private static ClusterException busy(LayoutChange active) {
    return ClusterException.refused(
        "change_in_progress",
        "one change at a time: "
            + active.kind().word()
            + " of node "
            + active.subject().node()
            + " at "
            + active.subject().address()
            + " is running");
  }

  private Intent understand(Wish wish, Terms terms)
      throws ClusterException, IOException, InterruptedException {
    Layout layout = layouts.newest();
    requireEpoch(terms, layout.epoch());
    return switch (wish) {
      case Wish.Add add -> add(add, layout, terms.patience());
      case Wish.Drain drain -> drain(known(layout, drain.node()), layout);
      case Wish.Remove remove -> remove(known(layout, remove.node()), remove.forced(), layout);
    };
  }

  private Intent add(Wish.Add wish, Layout layout, Duration patience)
      throws ClusterException, InterruptedException {
    requireNotAt(layout, wish.address());
    NodeDescription node = door.knock(wish.address(), patience);
    requireWelcome(node, wish.address(), layout);
    LayoutNode added =
        new LayoutNode(
            node.id(),
            wish.address(),
            wish.zone().orElse(node.zone()),
            wish.weight().orElse(Math.max(1, node.contents().capacityBytes())),
            NodeState.ACTIVE);
    // It owns nothing yet, so it lacks nothing: what it is to own is copied by the change, not by
    // the repairs.
    nodes.synced(node.id(), node.instance(), layout.epoch());
    List<LayoutNode> target = new ArrayList<>(layout.nodes());
    target.add(added);
    return new Intent(
        ChangeKind.ADD, new LayoutChange.Subject(node.id(), wish.address(), false), layout, target);
  }

  private static void requireNotAt(Layout layout, String address) throws ClusterException {
    for (LayoutNode node : layout.nodes()) {
      if (node.address().equals(address)) {
        throw ClusterException.refused(
            "already_member", "node " + node.id() + " at " + address + " is part of this cluster");
      }
    }
  }

  private void requireWelcome(NodeDescription node, String address, Layout layout)
      throws ClusterException {
    Optional<String> other = node.clusterId().filter(id -> !id.equals(layout.clusterId()));
    if (other.isPresent()) {
      throw ClusterException.refused(
          "wrong_cluster",
          "node "
              + node.id()
              + " at "
              + address
              + " belongs to cluster "
              + other.get()
              + ", not to "
              + layout.clusterId());
    }
    Optional<LayoutNode> known = layout.node(node.id());
    if (known.isPresent()) {
      throw ClusterException.refused(
          "already_member",
          "node " + node.id() + " is part of this cluster, at " + known.get().address());
    }
    if (nodes.wasLost(node.id())) {
      throw ClusterException.refused(
          "node_was_lost",
          "node "
              + node.id()
              + " was removed by force: what it holds may be deleted since; give it an empty data"
              + " folder");
    }
    if (node.contents().disk() == NodeDescription.Disk.FAILED) {
      throw ClusterException.refused(
          "disk_failed", "the disk of node " + node.id() + " at " + address + " failed");
    }
  }

  private static Intent drain(LayoutNode node, Layout layout) {
    return new Intent(
        ChangeKind.DRAIN,
        new LayoutChange.Subject(node.id(), node.address(), false),
        layout,
        draining(node, layout));
  }

  private Intent remove(LayoutNode node, boolean forced, Layout layout)
      throws ClusterException, InterruptedException {
    if (!forced) {
      requireAlive(node);
    }
    return new Intent(
        ChangeKind.REMOVE,
        new LayoutChange.Subject(node.id(), node.address(), forced),
        layout,
        draining(node, layout));
  }

  private void requireAlive(LayoutNode node) throws ClusterException, InterruptedException {
    try {
      door.knock(node.address(), Duration.ofSeconds(2));
    } catch (ClusterException e) {
      throw ClusterException.refused(
          "node_down",
          "node "
              + node.id()
              + " at "
              + node.address()
              + " does not answer: start it, or remove it with --force if it is lost");
    }
  }

  private static List<LayoutNode> draining(LayoutNode leaving, Layout layout) {
    return layout.nodes().stream()
        .map(
            node ->
                node.id().equals(leaving.id()) && node.state() == NodeState.ACTIVE
                    ? node.withState(NodeState.DRAINING)
                    : node)
        .toList();
  }

  private static LayoutNode known(Layout layout, String name) throws ClusterException {
    return layout.nodes().stream()
        .filter(node -> node.id().value().equals(name) || node.address().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ClusterException.refused(
                    "unknown_node",
                    "no node of this cluster has the id or address '" + name + "'"));
  }

  private static LayoutPlan plan(Intent intent) throws ClusterException {
    try {
      return Solver.plan(intent.from(), intent.target());
    } catch (TooFewNodesException e) {
      throw ClusterException.refused(
          "too_few_nodes",
          "cannot "
              + intent.kind().word()
              + " node "
              + intent.subject().node()
              + ": "
              + e.getMessage());
    }
  }
}
