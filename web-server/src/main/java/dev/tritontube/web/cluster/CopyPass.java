package dev.tritontube.web.cluster;

import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// One pass of copying: every node that gains arcs by a joint layout synchronises them, all at
/// once.
final class CopyPass {
  private static final long SAVE_EVERY_MILLIS = 1000;

  private final NodeControl control;
  private final Layout joint;
  private final InstantSource clock;
  private final Consumer<SyncProgress> progress;
  private final Map<NodeId, SyncProgress> byNode = new ConcurrentHashMap<>();
  private final AtomicLong nextSave;

  /// @param progress told the sum over all nodes, at most once a second
  CopyPass(
      NodeControl control, Layout joint, InstantSource clock, Consumer<SyncProgress> progress) {
    this.control = control;
    this.joint = joint;
    this.clock = clock;
    this.progress = progress;
    this.nextSave = new AtomicLong(clock.millis() + SAVE_EVERY_MILLIS);
  }

  /// How a pass ended.
  ///
  /// @param total over all nodes; what was copied counts also when the pass did not get through
  /// @param obstacle why it has to be repeated; empty when every gaining node went through all of
  ///   its arcs
  record End(SyncProgress total, String obstacle) {}

  /// @param lost a node that is given up
  End run(Set<NodeId> lost) throws InterruptedException {
    List<String> obstacles =
        Fan.out(gaining(), this::copy).stream().filter(text -> !text.isEmpty()).toList();
    SyncProgress total = total();
    return new End(total, obstacles.isEmpty() ? obstacle(total, lost) : obstacles.getFirst());
  }

  private List<LayoutNode> gaining() {
    return joint.nodes().stream().filter(node -> !joint.arcsGainedBy(node.id()).isEmpty()).toList();
  }

  private String copy(LayoutNode node) {
    ArcSet arcs = joint.arcsGainedBy(node.id());
    try {
      byNode.put(
          node.id(),
          control.sync(node.address(), arcs, joint.epoch(), state -> report(node.id(), state)));
      return "";
    } catch (NodeCallException e) {
      return e.getMessage();
    }
  }

  private void report(NodeId node, SyncProgress state) {
    byNode.put(node, state);
    long due = nextSave.get();
    long now = clock.millis();
    if (now >= due && nextSave.compareAndSet(due, now + SAVE_EVERY_MILLIS)) {
      progress.accept(total());
    }
  }

  private SyncProgress total() {
    return byNode.values().stream().reduce(SyncProgress.NONE, SyncProgress::and);
  }

  /// Every acknowledged blob was durable on W nodes: all are seen when fewer than W were not
  /// listed.
  private String obstacle(SyncProgress total, Set<NodeId> lost) {
    if (total.failed() > 0) {
      return total.failed() + " blobs could not be copied from any node just now";
    }
    Set<NodeId> notListed = new HashSet<>(total.unreachable());
    notListed.addAll(lost);
    if (notListed.size() > WriteQuorum.dispensable(joint)) {
      return "too many nodes could not be listed: " + notListed;
    }
    return "";
  }
}
