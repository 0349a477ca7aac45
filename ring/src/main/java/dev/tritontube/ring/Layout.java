package dev.tritontube.ring;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Who owns what: an immutable table from arc to owners, versioned by its epoch.
///
/// A layout is *settled* (one set of owners an arc) or *joint* (some arcs are moving: they have
/// owners and next owners, which differ in one replica at the same place of the list). Two layouts
/// are equal when their encodings are. Thread-safe.
public final class Layout {
  public static final int MAX_ARC_BITS = 16;
  public static final int MAX_REPLICAS = 16;
  public static final int MAX_NODES = 1024;
  public static final int MAX_CLUSTER_ID_BYTES = 255;

  private final String clusterId;
  private final long epoch;
  private final int arcBits;
  private final List<LayoutNode> nodes;
  private final Map<NodeId, LayoutNode> byId;
  private final OwnerTable owners;
  private final OwnerTable nextOwners;
  private final List<List<LayoutNode>> ownerLists;
  private final List<List<LayoutNode>> nextOwnerLists;

  /// @param arcBits k: the ring has 2^k arcs
  /// @param nodes sorted by id
  /// @param owners indexes into nodes
  /// @param nextOwners the same after the change; the same object as `owners` when settled
  Layout(
      String clusterId,
      long epoch,
      int arcBits,
      List<LayoutNode> nodes,
      OwnerTable owners,
      OwnerTable nextOwners) {
    this.clusterId = clusterId;
    this.epoch = epoch;
    this.arcBits = arcBits;
    this.nodes = List.copyOf(nodes);
    this.owners = owners;
    this.nextOwners = nextOwners;
    LayoutChecks.check(this);
    this.byId = byId(this.nodes);
    this.ownerLists = lists(owners);
    this.nextOwnerLists = joint() ? lists(nextOwners) : ownerLists;
  }

  public String clusterId() {
    return clusterId;
  }

  public long epoch() {
    return epoch;
  }

  public int arcs() {
    return 1 << arcBits;
  }

  public int arcBits() {
    return arcBits;
  }

  public int replicas() {
    return owners.replicas();
  }

  /// Every node, owners of arcs or not, sorted by id.
  public List<LayoutNode> nodes() {
    return nodes;
  }

  public Optional<LayoutNode> node(NodeId id) {
    return Optional.ofNullable(byId.get(id));
  }

  @SuppressWarnings("ReferenceEquality") // the one object is how a settled layout is made
  public boolean joint() {
    return owners != nextOwners;
  }

  public int arcOf(BlobKey key) {
    return arcOf(key.hash64());
  }

  public int arcOf(long hash64) {
    return (int) (hash64 >>> (64 - arcBits));
  }

  /// The owners, most preferred first (in a joint layout those of before the change).
  public List<LayoutNode> owners(int arc) {
    return ownerLists.get(arc);
  }

  /// The owners after the change; the same as `owners` for an arc that is not moving.
  public List<LayoutNode> nextOwners(int arc) {
    return nextOwnerLists.get(arc);
  }

  public boolean isMoving(int arc) {
    return joint() && owners.difference(nextOwners, arc) >= 0;
  }

  /// True when the node is an owner or a next owner of the arc.
  public boolean owns(NodeId node, int arc) {
    return contains(owners(arc), node) || (joint() && contains(nextOwners(arc), node));
  }

  /// The nodes that are neither owners nor next owners, in the order in which they take hints for
  /// this arc: weighted rendezvous, zones that hold no owner first. Nodes that are DRAINING or
  /// DRAINED come last.
  public List<LayoutNode> fallbacks(int arc) {
    return FallbackOrder.of(arc, nodes, FallbackOrder.owners(owners(arc), nextOwners(arc)));
  }

  /// The arcs of which the node is an owner or a next owner.
  public ArcSet arcsOwnedBy(NodeId node) {
    return ArcSet.where(arcs(), arc -> owns(node, arc));
  }

  /// The arcs that the node is to own after the change and does not own before it; none when
  /// settled.
  public ArcSet arcsGainedBy(NodeId node) {
    return ArcSet.where(
        arcs(), arc -> contains(nextOwners(arc), node) && !contains(owners(arc), node));
  }

  /// The arcs that the node owns before the change and not after it; none when settled.
  public ArcSet arcsLostBy(NodeId node) {
    return ArcSet.where(
        arcs(), arc -> contains(owners(arc), node) && !contains(nextOwners(arc), node));
  }

  /// The arcs that are moving.
  public ArcSet movingArcs() {
    return ArcSet.where(arcs(), this::isMoving);
  }

  /// For each node, in the order of `nodes`, the number of arcs that it owns after the change.
  public Map<NodeId, Integer> ownedCounts() {
    return Quotas.byNode(nodes, nextOwners.counts(nodes.size()));
  }

  /// The canonical encoding: the same layout gives the same bytes everywhere.
  public byte[] encode() {
    return LayoutEncoding.encode(this);
  }

  /// @throws IllegalArgumentException when the bytes are not the canonical encoding of a layout, or
  ///   of a version that this program does not know
  public static Layout decode(byte[] encoded) {
    return LayoutEncoding.decode(encoded);
  }

  /// The same owners, one epoch later, with a changed list of nodes (a new address, a node that
  /// owns nothing added or gone, another state or weight).
  ///
  /// @throws IllegalArgumentException when a node that owns arcs is missing, or one is there twice
  public Layout withNodes(List<LayoutNode> changed) {
    List<LayoutNode> sorted = sorted(changed);
    int[] indexes = indexesIn(sorted);
    OwnerTable renumbered = owners.renumbered(indexes);
    OwnerTable next = joint() ? nextOwners.renumbered(indexes) : renumbered;
    return new Layout(clusterId, epoch + 1, arcBits, sorted, renumbered, next);
  }

  /// The owners of before a change that is given up, or of a settled layout, at a later epoch.
  ///
  /// @throws IllegalArgumentException when the epoch is not later
  public Layout settledBack(long laterEpoch) {
    if (laterEpoch <= epoch) {
      throw new IllegalArgumentException("epoch " + laterEpoch + " does not come after " + epoch);
    }
    return new Layout(clusterId, laterEpoch, arcBits, nodes, owners, owners);
  }

  OwnerTable ownerTable() {
    return owners;
  }

  OwnerTable nextOwnerTable() {
    return nextOwners;
  }

  static List<LayoutNode> sorted(List<LayoutNode> nodes) {
    Comparator<LayoutNode> byId = comparing(LayoutNode::id);
    return nodes.stream().sorted(byId).toList();
  }

  /// For each of this layout's nodes its index in the other list; what owns nothing may be missing.
  private int[] indexesIn(List<LayoutNode> changed) {
    Map<NodeId, Integer> places = new HashMap<>();
    for (LayoutNode node : changed) {
      places.put(node.id(), places.size());
    }
    int[] before = owners.counts(nodes.size());
    int[] after = nextOwners.counts(nodes.size());
    int[] indexes = new int[nodes.size()];
    for (int i = 0; i < indexes.length; i++) {
      NodeId id = nodes.get(i).id();
      indexes[i] = places.getOrDefault(id, 0);
      if (before[i] + after[i] > 0 && !places.containsKey(id)) {
        throw new IllegalArgumentException(
            "node " + id + " owns arcs in epoch " + epoch + " and cannot leave the layout");
      }
    }
    return indexes;
  }

  private static Map<NodeId, LayoutNode> byId(List<LayoutNode> nodes) {
    Map<NodeId, LayoutNode> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.id(), node));
    return byId;
  }

  /// The owners of each arc as lists; arcs with the same owners share one.
  private List<List<LayoutNode>> lists(OwnerTable table) {
    Map<List<LayoutNode>, List<LayoutNode>> shared = new HashMap<>();
    List<List<LayoutNode>> lists = new ArrayList<>(arcs());
    LayoutNode[] row = new LayoutNode[replicas()];
    for (int arc = 0; arc < arcs(); arc++) {
      for (int position = 0; position < row.length; position++) {
        row[position] = nodes.get(table.owner(arc, position));
      }
      List<LayoutNode> list = List.of(row);
      lists.add(shared.computeIfAbsent(list, first -> first));
    }
    return List.copyOf(lists);
  }

  private static boolean contains(List<LayoutNode> owners, NodeId id) {
    for (LayoutNode owner : owners) {
      if (owner.id().equals(id)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Layout layout
        && epoch == layout.epoch
        && joint() == layout.joint()
        && clusterId.equals(layout.clusterId)
        && nodes.equals(layout.nodes)
        && owners.equals(layout.owners)
        && nextOwners.equals(layout.nextOwners);
  }

  @Override
  public int hashCode() {
    return Objects.hash(clusterId, epoch, nodes, owners, nextOwners);
  }

  @Override
  public String toString() {
    String kind = joint() ? "joint" : "settled";
    return "layout %s/%d (%s, %d arcs x %d on %d nodes)"
        .formatted(clusterId, epoch, kind, arcs(), replicas(), nodes.size());
  }
}
