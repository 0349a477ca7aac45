package dev.tritontube.ring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cuts the way from a settled layout to a target into steps that move at most one replica of an
/// arc.
///
/// Each replica that goes is paired with one that comes, in the same zone where there is one: so no
/// stage between has more replicas of an arc in a zone than both ends allow. The owners of an arc
/// keep the target's order all along; a source stands where its destination will.
final class Stages {
  private final Layout settled;
  private final List<LayoutNode> listed;
  private final List<LayoutNode> all;
  private final OwnerTable before;
  private final char[] target;
  private final int replicas;
  private final List<List<Exchange>> exchanges;

  /// One replica of an arc goes from source to destination; both are indexes into `all`.
  private record Exchange(int arc, int source, int destination) {}

  /// @param owners arcs x replicas, indexes into `active`; what stays has its place of before
  Stages(Layout settled, List<LayoutNode> listed, List<LayoutNode> active, char[] owners) {
    this.settled = settled;
    this.listed = listed;
    this.all = union(settled.nodes(), listed);
    this.replicas = settled.replicas();
    this.before = settled.ownerTable().renumbered(Solver.indexes(settled.nodes(), all));
    OwnerTable assigned = new OwnerTable(replicas, owners).renumbered(Solver.indexes(active, all));
    this.exchanges = exchanges(assigned);
    this.target = assigned.copy();
    OwnerOrder.balance(replicas, all.size(), target);
  }

  LayoutPlan plan(Quotas quotas) {
    List<Move> moves = moves();
    return new LayoutPlan(
        settled, moves, moves.size(), quotasOf(quotas), steps(), quotas.warnings());
  }

  /// Nodes that are not listed any more keep their place until they own nothing.
  private static List<LayoutNode> union(List<LayoutNode> known, List<LayoutNode> listed) {
    Map<NodeId, LayoutNode> union = new LinkedHashMap<>();
    known.forEach(node -> union.put(node.id(), node.withState(NodeState.DRAINING)));
    listed.forEach(node -> union.put(node.id(), node));
    return Layout.sorted(List.copyOf(union.values()));
  }

  private List<List<Exchange>> exchanges(OwnerTable after) {
    List<List<Exchange>> exchanges = new ArrayList<>(after.arcs());
    for (int arc = 0; arc < after.arcs(); arc++) {
      exchanges.add(exchanges(arc, before, after));
    }
    return exchanges;
  }

  private List<Exchange> exchanges(int arc, OwnerTable from, OwnerTable to) {
    List<Integer> sources = missing(arc, from, to);
    List<Exchange> pairs = new ArrayList<>(sources.size());
    List<Integer> destinations = missing(arc, to, from);
    for (boolean sameZone : new boolean[] {true, false}) {
      for (int destination : List.copyOf(destinations)) {
        int source = partner(sources, destination, sameZone);
        if (source >= 0) {
          sources.remove((Integer) source);
          destinations.remove((Integer) destination);
          pairs.add(new Exchange(arc, source, destination));
        }
      }
    }
    return pairs;
  }

  private int partner(List<Integer> sources, int destination, boolean sameZone) {
    String zone = all.get(destination).zone();
    return sources.stream()
        .filter(source -> !sameZone || all.get(source).zone().equals(zone))
        .findFirst()
        .orElse(-1);
  }

  /// The owners of an arc in one table that are not in the other.
  private List<Integer> missing(int arc, OwnerTable here, OwnerTable there) {
    List<Integer> missing = new ArrayList<>(0);
    for (int position = 0; position < replicas; position++) {
      int owner = here.owner(arc, position);
      if (!there.owns(owner, arc)) {
        missing.add(owner);
      }
    }
    return missing;
  }

  private List<Move> moves() {
    return exchanges.stream().flatMap(List::stream).map(this::move).toList();
  }

  private Move move(Exchange exchange) {
    return new Move(
        exchange.arc(), all.get(exchange.source()).id(), all.get(exchange.destination()).id());
  }

  private Map<NodeId, Integer> quotasOf(Quotas quotas) {
    int[] byListed = new int[listed.size()];
    int active = 0;
    for (int i = 0; i < byListed.length; i++) {
      if (listed.get(i).state() == NodeState.ACTIVE) {
        byListed[i] = quotas.nodes()[active++];
      }
    }
    return Quotas.byNode(listed, byListed);
  }

  private List<LayoutPlan.Step> steps() {
    int count = Math.max(1, exchanges.stream().mapToInt(List::size).max().orElse(1));
    List<LayoutPlan.Step> steps = new ArrayList<>(count);
    OwnerTable owners = stage(0);
    long epoch = settled.epoch();
    for (int step = 1; step <= count; step++) {
      OwnerTable next = stage(step);
      Layout joint = layout(++epoch, owners, next);
      steps.add(new LayoutPlan.Step(joint, layout(++epoch, next, null)));
      owners = next;
    }
    return steps;
  }

  /// The owners after so many steps: the target, with the sources of the exchanges still to come.
  private OwnerTable stage(int done) {
    char[] owners = target.clone();
    for (List<Exchange> ofArc : exchanges) {
      ofArc.stream().skip(done).forEach(exchange -> undo(owners, exchange));
    }
    return new OwnerTable(replicas, owners);
  }

  private void undo(char[] owners, Exchange exchange) {
    int slot = exchange.arc() * replicas;
    while (owners[slot] != exchange.destination()) {
      slot++;
    }
    owners[slot] = (char) exchange.source();
  }

  /// A layout with the nodes that are listed and those that own something in it.
  ///
  /// @param next null for a settled one
  private Layout layout(long epoch, OwnerTable owners, @Nullable OwnerTable next) {
    int[] before = owners.counts(all.size());
    int[] after = next == null ? before : next.counts(all.size());
    List<LayoutNode> nodes = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (before[i] + after[i] > 0 || listed.contains(all.get(i))) {
        nodes.add(all.get(i));
      }
    }
    int[] indexes = Solver.indexes(all, nodes);
    OwnerTable now = owners.renumbered(indexes);
    OwnerTable then = next == null ? now : next.renumbered(indexes);
    return new Layout(settled.clusterId(), epoch, settled.arcBits(), nodes, now, then);
  }
}
