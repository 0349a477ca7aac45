package dev.tritontube.ring;

import java.util.List;
import java.util.Optional;

/// Who owns what: an immutable table from arc to owners, versioned by its epoch.
///
/// A layout is *settled* (one set of owners an arc) or *joint* (some arcs are moving: they have
/// owners and next owners, which differ in one replica). Thread-safe.
public final class Layout {
  private final String clusterId;
  private final long epoch;
  private final int arcBits;
  private final int replicas;
  private final List<LayoutNode> nodes;
  private final int[][] owners;
  private final int[][] nextOwners;

  /// @param arcBits k: the ring has 2^k arcs
  /// @param replicas R
  /// @param nodes sorted by id
  /// @param owners for each arc the indexes (into nodes) of its owners, most preferred first
  /// @param nextOwners the same after the change; the same array as `owners` when settled
  Layout(
      String clusterId,
      long epoch,
      int arcBits,
      int replicas,
      List<LayoutNode> nodes,
      int[][] owners,
      int[][] nextOwners) {
    this.clusterId = clusterId;
    this.epoch = epoch;
    this.arcBits = arcBits;
    this.replicas = replicas;
    this.nodes = List.copyOf(nodes);
    this.owners = owners;
    this.nextOwners = nextOwners;
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
    return replicas;
  }

  /// Every node, owners of arcs or not, sorted by id.
  public List<LayoutNode> nodes() {
    return nodes;
  }

  public Optional<LayoutNode> node(NodeId id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  public boolean joint() {
    return owners != nextOwners;
  }

  public int arcOf(BlobKey key) {
    return arcOf(key.hash64());
  }

  public int arcOf(long hash64) {
    return (int) (hash64 >>> (64 - arcBits));
  }

  /// The owners (in a joint layout those of before the change).
  public List<LayoutNode> owners(int arc) {
    throw new UnsupportedOperationException();
  }

  /// The owners after the change; the same as `owners` for an arc that is not moving.
  public List<LayoutNode> nextOwners(int arc) {
    throw new UnsupportedOperationException();
  }

  public boolean isMoving(int arc) {
    throw new UnsupportedOperationException();
  }

  /// True when the node is an owner or a next owner of the arc.
  public boolean owns(NodeId node, int arc) {
    throw new UnsupportedOperationException();
  }

  /// The nodes that are neither owners nor next owners, in the order in which they take hints for
  /// this arc: weighted rendezvous, zones that hold no owner first. Nodes that are DRAINING or
  /// DRAINED come last.
  public List<LayoutNode> fallbacks(int arc) {
    throw new UnsupportedOperationException();
  }

  /// The canonical encoding: the same layout gives the same bytes everywhere.
  public byte[] encode() {
    throw new UnsupportedOperationException();
  }

  /// @throws IllegalArgumentException when the bytes are not a layout, or of a version that this
  ///   program does not know
  public static Layout decode(byte[] encoded) {
    throw new UnsupportedOperationException();
  }

  /// The same owners, one epoch later, with a changed list of nodes (a new address, a node that
  /// owns nothing added or gone, another state or weight).
  public Layout withNodes(List<LayoutNode> changed) {
    throw new UnsupportedOperationException();
  }
}
