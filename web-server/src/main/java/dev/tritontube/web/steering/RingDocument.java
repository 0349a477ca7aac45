package dev.tritontube.web.steering;

import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who owns what, in the API's JSON. Nodes are named by their place in `nodes`, so that a ring of
/// 16,384 arcs is some 100 KB.
///
/// @param joint whether arcs are moving
/// @param owners of all arcs, one after the other: owner `i` of arc `a` is at `a * replicas + i`,
///   the most preferred one first; while arcs are moving, the owners of before
/// @param moves what moves now
record RingDocument(
    long epoch,
    int arcs,
    int replicas,
    boolean joint,
    List<Share> nodes,
    int[] owners,
    List<Move> moves,
    @Nullable ChangeDocument change) {

  record Share(String id, String address, String zone, String state, int arcs, int quota) {
    static Share of(RingReport.Share share) {
      LayoutNode node = share.node();
      return new Share(
          node.id().value(),
          node.address(),
          node.zone(),
          node.state().name(),
          share.arcs(),
          share.quota());
    }
  }

  /// @param from the place of the node whose replicas move
  /// @param to the place of the node that gets them
  /// @param arcs ascending
  record Move(int from, int to, int[] arcs) {}

  private record Way(int from, int to) implements Comparable<Way> {
    @Override
    public int compareTo(Way other) {
      return from == other.from ? Integer.compare(to, other.to) : Integer.compare(from, other.from);
    }
  }

  static RingDocument of(RingReport report) {
    Layout layout = report.layout();
    Map<NodeId, Integer> places = new HashMap<>();
    layout.nodes().forEach(node -> places.put(node.id(), places.size()));
    return new RingDocument(
        layout.epoch(),
        layout.arcs(),
        layout.replicas(),
        layout.joint(),
        report.shares().stream().map(Share::of).toList(),
        owners(layout, places),
        moves(layout, places),
        report.change().map(ChangeDocument::of).orElse(null));
  }

  private static int[] owners(Layout layout, Map<NodeId, Integer> places) {
    int[] owners = new int[layout.arcs() * layout.replicas()];
    int at = 0;
    for (int arc = 0; arc < layout.arcs(); arc++) {
      for (LayoutNode owner : layout.owners(arc)) {
        owners[at++] = place(owner, places);
      }
    }
    return owners;
  }

  private static List<Move> moves(Layout layout, Map<NodeId, Integer> places) {
    Map<Way, List<Integer>> moving = new TreeMap<>();
    ArcSet arcs = layout.movingArcs();
    arcs.stream()
        .forEach(
            arc ->
                moving.computeIfAbsent(way(layout, arc, places), _ -> new ArrayList<>()).add(arc));
    return moving.entrySet().stream()
        .map(
            move ->
                new Move(
                    move.getKey().from(),
                    move.getKey().to(),
                    move.getValue().stream().mapToInt(Integer::intValue).toArray()))
        .toList();
  }

  /// The two sets of owners differ in one, at the same place.
  private static Way way(Layout layout, int arc, Map<NodeId, Integer> places) {
    List<LayoutNode> before = layout.owners(arc);
    List<LayoutNode> after = layout.nextOwners(arc);
    int at = 0;
    while (before.get(at).id().equals(after.get(at).id())) {
      at++;
    }
    return new Way(place(before.get(at), places), place(after.get(at), places));
  }

  private static int place(LayoutNode node, Map<NodeId, Integer> places) {
    return Objects.requireNonNull(places.get(node.id()));
  }
}
