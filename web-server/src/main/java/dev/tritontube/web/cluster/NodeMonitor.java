package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the nodes of the layout: asks each who it is, about once a second, and gives the layout
/// to those that are not serving or know an older one only. Every web server does this.
///
/// `look` is for one thread; what it saw is an immutable snapshot for all.
final class NodeMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(NodeMonitor.class);

  /// A node is DOWN when it did not answer so often in a row.
  private static final int SILENT_LOOKS = 2;

  private final NodeControl control;
  private final NodeStore store;
  private final Whereabouts whereabouts;

  /// What each node last said, and for how many looks it has been silent. For the looking thread.
  private final Map<NodeId, Seen> seen = new HashMap<>();

  /// The process of each node that was brought up to date, as last read. For the looking thread.
  private Map<NodeId, String> synced = Map.of();

  /// Nodes that were DOWN and were not brought up to date since.
  private final Set<NodeId> wasDown = ConcurrentHashMap.newKeySet();

  private volatile Snapshot snapshot = new Snapshot(List.of(), Map.of(), Set.of());

  NodeMonitor(NodeControl control, NodeStore store) {
    this.control = control;
    this.store = store;
    this.whereabouts = new Whereabouts(control);
  }

  /// @param views one for each node of the layout
  /// @param moved where nodes answer that do not answer at the layout's address any more
  /// @param away nodes that restarted, or did not answer, and were not brought up to date since;
  ///   all nodes when another one was given up
  record Snapshot(List<NodeView> views, Map<NodeId, String> moved, Set<NodeId> away) {
    Optional<NodeView> view(NodeId node) {
      return views.stream().filter(view -> view.node().id().equals(node)).findFirst();
    }

    List<NodeView> reachable() {
      return views.stream().filter(view -> view.condition().reachable()).toList();
    }
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /// Looks at every node once.
  ///
  /// @param fresh whether this layout was just read from the catalog: only then is it given to
  ///   nodes, so that a web server that is cut off from the catalog gives nobody an old one; and
  ///   only then is the catalog asked which nodes were brought up to date
  void look(Layout layout, boolean fresh) throws InterruptedException {
    List<Answer> answers = Fan.out(layout.nodes(), node -> ask(node, layout, fresh));
    Map<NodeId, Whereabouts.Found> elsewhere =
        whereabouts.find(layout, answers.stream().flatMap(a -> a.description().stream()).toList());
    if (fresh) {
      synced = store.synced();
    }
    List<NodeView> views = new ArrayList<>();
    Map<NodeId, String> moved = new HashMap<>();
    Set<NodeId> away = new HashSet<>();
    for (Answer answer : answers) {
      Seen now = remember(answer);
      Optional<Whereabouts.Found> other = Optional.ofNullable(elsewhere.get(answer.node().id()));
      if (isAway(now)) {
        away.add(answer.node().id());
      }
      views.add(view(answer, now, other, away.contains(answer.node().id())));
      if (answer.description().isEmpty() && other.isPresent()) {
        moved.put(answer.node().id(), other.get().address());
      }
    }
    forgetOthers(layout);
    publish(new Snapshot(List.copyOf(views), Map.copyOf(moved), Set.copyOf(away)));
  }

  /// A node has what it owns again.
  ///
  /// @param instance its process that was brought up to date
  /// @param epoch of the layout that this was done by
  void broughtUpToDate(NodeId node, String instance, long epoch) {
    store.synced(node, instance, epoch);
    wasDown.remove(node);
  }

  /// Another web server does the repairs: which nodes were away is for that one to see, since this
  /// one is not told when they are brought up to date. A restart it still sees, by the catalog.
  void leaveRepairsToAnother() {
    wasDown.clear();
  }

  private Answer ask(LayoutNode node, Layout layout, boolean fresh) {
    try {
      NodeDescription description = control.describe(node.address());
      String stranger = stranger(node, layout, description);
      if (!stranger.isEmpty()) {
        return new Answer(node, Optional.empty(), NodeCondition.REFUSED, stranger);
      }
      if (fresh && (!description.serving() || description.epoch() < layout.epoch())) {
        control.install(node.address(), layout);
      }
      return new Answer(node, Optional.of(description), NodeCondition.UP, "");
    } catch (NodeCallException e) {
      boolean refused = e.code().equals("WRONG_CLUSTER") || e.code().equals("LAYOUT_CONFLICT");
      NodeCondition condition = refused ? NodeCondition.REFUSED : NodeCondition.DOWN;
      return new Answer(node, Optional.empty(), condition, e.getMessage());
    }
  }

  private static String stranger(LayoutNode node, Layout layout, NodeDescription description) {
    if (!description.id().equals(node.id())) {
      return "node " + description.id() + " answers at " + node.address();
    }
    return description
        .clusterId()
        .filter(id -> !id.equals(layout.clusterId()))
        .map(id -> "it belongs to cluster " + id + ", not " + layout.clusterId())
        .orElse("");
  }

  private Seen remember(Answer answer) {
    NodeId id = answer.node().id();
    Seen before = seen.getOrDefault(id, new Seen(Optional.empty(), SILENT_LOOKS));
    Seen now =
        answer.description().isPresent()
            ? new Seen(answer.description(), 0)
            : new Seen(before.description(), before.silentLooks() + 1);
    seen.put(id, now);
    if (now.silentLooks() >= SILENT_LOOKS) {
      wasDown.add(id);
    }
    return now;
  }

  private boolean isAway(Seen now) {
    return now.description().isEmpty()
        || wasDown.contains(now.description().get().id())
        || !now.description().get().instance().equals(synced.get(now.description().get().id()));
  }

  private static NodeView view(
      Answer answer, Seen now, Optional<Whereabouts.Found> other, boolean away) {
    if (answer.description().isEmpty()) {
      boolean patient =
          answer.condition() == NodeCondition.DOWN && now.silentLooks() < SILENT_LOOKS;
      return NodeView.of(
          answer.node(),
          patient ? NodeCondition.UP : answer.condition(),
          answer.failure(),
          now.description());
    }
    NodeDescription description = answer.description().get();
    if (other.isPresent() && !other.get().instance().equals(description.instance())) {
      String twice = "it lives at " + answer.node().address() + " and at " + other.get().address();
      return NodeView.of(answer.node(), NodeCondition.REFUSED, twice, answer.description());
    }
    return NodeView.of(answer.node(), condition(description, away), "", answer.description());
  }

  private static NodeCondition condition(NodeDescription description, boolean away) {
    return switch (description.contents().disk()) {
      case FAILED -> NodeCondition.FAILED;
      case FULL -> NodeCondition.FULL;
      case OK -> away ? NodeCondition.SYNCING : NodeCondition.UP;
    };
  }

  private void forgetOthers(Layout layout) {
    Set<NodeId> members = layout.nodes().stream().map(LayoutNode::id).collect(Collectors.toSet());
    seen.keySet().retainAll(members);
    wasDown.retainAll(members);
  }

  private void publish(Snapshot now) {
    Snapshot before = snapshot;
    for (NodeView view : now.views()) {
      Optional<NodeCondition> was = before.view(view.node().id()).map(NodeView::condition);
      if (!was.equals(Optional.of(view.condition()))) {
        LOG.info(
            "node {} at {} is {} {}",
            view.node().id(),
            view.node().address(),
            view.condition(),
            view.detail());
      }
    }
    snapshot = now;
  }

  /// @param condition UP when there is a description
  private record Answer(
      LayoutNode node,
      Optional<NodeDescription> description,
      NodeCondition condition,
      String failure) {}

  private record Seen(Optional<NodeDescription> description, int silentLooks) {}
}
