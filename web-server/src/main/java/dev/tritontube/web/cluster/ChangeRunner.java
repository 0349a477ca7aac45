package dev.tritontube.web.cluster;

import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries the active layout change on, one durable transition after the other. All state is in the
/// catalog, so any web server goes on where another stopped;
/// `docs/decisions/0006-layout-change-protocol.md` says why each transition is safe.
///
/// For one thread, by the holder of the cluster's lease.
final class ChangeRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeRunner.class);

  /// How long readers that go by the joint layout still find the old owners' copies.
  private static final Duration GRACE = Duration.ofSeconds(2);

  /// So many complete passes are enough although the last one still copied something: what it
  /// copied was written while it ran, to a quorum of the new owners.
  private static final int ENOUGH_PASSES = 5;

  private final ChangeStore changes;
  private final CatalogLayouts layouts;
  private final NodeControl control;
  private final InstantSource clock;

  /// Complete passes of the step that is being copied.
  private int passes;

  ChangeRunner(
      ChangeStore changes, CatalogLayouts layouts, NodeControl control, InstantSource clock) {
    this.changes = changes;
    this.layouts = layouts;
    this.control = control;
    this.clock = clock;
  }

  /// What came of one attempt.
  enum Outcome {
    /// No change is active.
    IDLE,
    /// Something was done: go on at once.
    MOVED,
    /// Nothing can be done just now: try again in a while.
    WAITING
  }

  /// Tries the next transition of the active change.
  Outcome advance(Lease lease) throws IOException, InterruptedException {
    Optional<LayoutChange> active = changes.active();
    if (active.isEmpty()) {
      return Outcome.IDLE;
    }
    Layout layout = layouts.poll().orElseThrow();
    LayoutChange change = active.get();
    String obstacle =
        switch (change.phase()) {
          case PLANNED ->
              change.step() < change.steps()
                  ? prepare(change, layout, lease)
                  : end(change, layout, lease);
          case PREPARE -> tell(change, layout, ChangePhase.COPY, lease);
          case COPY -> copy(change, layout, lease);
          case CUTOVER -> tell(change, layout, ChangePhase.GRACE, lease);
          case GRACE -> grace(change, lease);
          case PURGE -> purge(change, layout, lease);
          case DONE -> throw new IllegalStateException("change " + change.id() + " is over");
        };
    if (obstacle.isEmpty()) {
      return Outcome.MOVED;
    }
    if (change.phase() != ChangePhase.GRACE) {
      explain(change.id(), obstacle, lease);
    }
    return Outcome.WAITING;
  }

  /// The next joint layout: from here on writes need a quorum of the old and of the new owners.
  private String prepare(LayoutChange change, Layout layout, Lease lease) {
    passes = 0;
    Layout joint = rebased(changes.step(change).joint(), layout);
    return publish(enter(change, ChangePhase.PREPARE), joint, lease);
  }

  /// Copying begins, and old copies are purged, when fewer than W nodes may still go by the layout
  /// before: they cannot acknowledge a write among themselves. The others refuse it from now on.
  private String tell(LayoutChange change, Layout layout, ChangePhase next, Lease lease)
      throws InterruptedException {
    List<String> silent =
        Fan.out(layout.nodes(), node -> give(node, layout)).stream()
            .flatMap(Optional::stream)
            .toList();
    if (silent.size() > WriteQuorum.dispensable(layout)) {
      return "too many nodes do not have the layout of epoch "
          + layout.epoch()
          + ": "
          + String.join("; ", silent);
    }
    return save(enter(change, next), lease);
  }

  private Optional<String> give(LayoutNode node, Layout layout) {
    try {
      control.install(node.address(), layout);
      return Optional.empty();
    } catch (NodeCallException e) {
      return Optional.of(e.getMessage());
    }
  }

  private String copy(LayoutChange change, Layout layout, Lease lease) throws InterruptedException {
    long before = arcsBefore(change);
    CopyPass pass =
        new CopyPass(
            control,
            layout,
            clock,
            state -> changes.save(change.with(change.movement().plus(before, state), ""), lease));
    CopyPass.End end = pass.run(lost(change));
    LayoutChange now = change.with(change.movement().plus(before, end.total()), end.obstacle());
    if (!changes.save(now, lease) || !end.obstacle().isEmpty()) {
      return end.obstacle();
    }
    passes++;
    if (!end.total().copiedNothing() && passes < ENOUGH_PASSES) {
      return "";
    }
    Layout settled = rebased(changes.step(change).settled(), layout);
    return publish(enter(now, ChangePhase.CUTOVER), settled, lease);
  }

  private String grace(LayoutChange change, Lease lease) {
    Duration left = GRACE.minus(Duration.between(change.phaseSince(), clock.instant()));
    return left.isPositive()
        ? "readers get " + GRACE.toSeconds() + " s to turn to the new owners"
        : save(enter(change, ChangePhase.PURGE), lease);
  }

  /// What is out of reach is purged by the repairs when it returns.
  private String purge(LayoutChange change, Layout layout, Lease lease)
      throws InterruptedException {
    Layout joint = changes.step(change).joint();
    List<LayoutNode> losing =
        layout.nodes().stream().filter(node -> !joint.arcsLostBy(node.id()).isEmpty()).toList();
    Optional<String> refused =
        Fan.out(losing, node -> purge(node, layout, change)).stream()
            .flatMap(Optional::stream)
            .findFirst();
    if (refused.isPresent()) {
      return refused.get();
    }
    return save(enter(change, ChangePhase.PLANNED).atStep(change.step() + 1), lease);
  }

  private Optional<String> purge(LayoutNode node, Layout layout, LayoutChange change) {
    try {
      control.purgeUnowned(node.address(), layout.epoch());
      return Optional.empty();
    } catch (NodeCallException e) {
      boolean later =
          e.code().equals(GrpcNodeControl.UNREACHABLE)
              && !(change.kind() == ChangeKind.REMOVE && isSubject(change, node));
      // Nothing can be purged from a disk that failed, and nothing comes back from it.
      boolean never = e.code().equals(FailureCode.DISK_FAILED.name());
      return later || never || lost(change).contains(node.id())
          ? Optional.empty()
          : Optional.of(e.getMessage());
    }
  }

  private String end(LayoutChange change, Layout layout, Lease lease) throws InterruptedException {
    LayoutChange done = enter(change, ChangePhase.DONE);
    String obstacle =
        switch (change.kind()) {
          case ADD -> save(done, lease);
          case DRAIN -> publish(done, layout.withNodes(drained(change, layout)), lease);
          case REMOVE -> remove(change, done, layout, lease);
        };
    if (obstacle.isEmpty()) {
      LOG.info(
          "{} of node {} done: {} arc replicas, {} blobs, {} bytes",
          change.kind().word(),
          change.subject().node(),
          change.movement().arcReplicas(),
          change.movement().blobs(),
          change.movement().bytes());
      Layout last = layouts.current();
      Fan.out(layout.nodes(), node -> give(node, last));
    }
    return obstacle;
  }

  private static List<LayoutNode> drained(LayoutChange change, Layout layout) {
    return layout.nodes().stream()
        .map(node -> isSubject(change, node) ? node.withState(NodeState.DRAINED) : node)
        .toList();
  }

  /// A node does not leave with blobs that it keeps for others.
  private String remove(LayoutChange change, LayoutChange done, Layout layout, Lease lease) {
    String kept = change.subject().forced() ? "" : keepsForOthers(change, layout);
    if (!kept.isEmpty()) {
      return kept;
    }
    List<LayoutNode> others =
        layout.nodes().stream().filter(node -> !isSubject(change, node)).toList();
    return publish(done, layout.withNodes(others), lease);
  }

  private String keepsForOthers(LayoutChange change, Layout layout) {
    LayoutNode node = layout.node(change.subject().node()).orElseThrow();
    try {
      long hints = control.describe(node.address()).contents().hints();
      return hints == 0
          ? ""
          : "node " + node.id() + " still keeps " + hints + " blobs for nodes that are down";
    } catch (NodeCallException e) {
      return e.getMessage();
    }
  }

  private static boolean isSubject(LayoutChange change, LayoutNode node) {
    return node.id().equals(change.subject().node());
  }

  private static Set<NodeId> lost(LayoutChange change) {
    return change.subject().forced() ? Set.of(change.subject().node()) : Set.of();
  }

  /// A planned layout as the one after the newest: nodes may have changed their addresses since it
  /// was planned, each by an epoch of its own.
  private static Layout rebased(Layout planned, Layout newest) {
    List<LayoutNode> nodes =
        planned.nodes().stream()
            .map(
                node ->
                    newest.node(node.id()).map(now -> node.withAddress(now.address())).orElse(node))
            .toList();
    Layout next = planned;
    while (next.epoch() <= newest.epoch()) {
      next = next.withNodes(nodes);
    }
    return next;
  }

  private long arcsBefore(LayoutChange change) {
    long arcs = 0;
    for (int step = 0; step < change.step(); step++) {
      arcs += changes.step(change.atStep(step)).joint().movingArcs().size();
    }
    return arcs;
  }

  private LayoutChange enter(LayoutChange change, ChangePhase phase) {
    return change.in(phase, clock.instant());
  }

  private String publish(LayoutChange change, Layout next, Lease lease) {
    if (!changes.publish(change, next, lease)) {
      return "another layout was published, or another web server has taken over";
    }
    layouts.learn(next);
    LOG.info("change {} {}: epoch {}", change.id(), change.phase(), next.epoch());
    return "";
  }

  private String save(LayoutChange change, Lease lease) {
    return changes.save(change, lease) ? "" : "another web server has taken over";
  }

  private void explain(String id, String obstacle, Lease lease) {
    Optional<LayoutChange> now = changes.active().filter(change -> change.id().equals(id));
    if (now.isPresent() && !now.get().waiting().equals(obstacle)) {
      LOG.info("change {} waits: {}", id, obstacle);
      changes.save(now.get().with(now.get().movement(), obstacle), lease);
    }
  }
}
