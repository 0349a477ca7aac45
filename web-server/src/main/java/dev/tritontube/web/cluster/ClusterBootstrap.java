package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes epoch 1 of a cluster out of the nodes that it was started with. Once the catalog has a
/// layout, membership is what the catalog says.
final class ClusterBootstrap {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterBootstrap.class);
  private static final int ARC_BITS = 14;
  private static final int REPLICAS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LayoutStore store;
  private final NodeControl control;
  private final NodeDoor door;
  private final RandomGenerator random;

  ClusterBootstrap(LayoutStore store, NodeControl control, NodeDoor door, RandomGenerator random) {
    this.store = store;
    this.control = control;
    this.door = door;
    this.random = random;
  }

  /// Publishes epoch 1 unless there is a layout, and gives it to the nodes. (A node that this does
  /// not reach any more gets it from the node monitor.)
  ///
  /// @param addresses of the first nodes; not looked at when there is a layout
  /// @return the newest layout
  /// @throws ClusterException when a node does not answer within 30 s, or may not be part of a new
  ///   cluster
  Layout ensureLayout(List<String> addresses) throws ClusterException, InterruptedException {
    Optional<Layout> newest = store.newest();
    if (newest.isPresent()) {
      return newest.get();
    }
    if (addresses.isEmpty()) {
      throw new ClusterException(
          ClusterException.Kind.USAGE,
          "no_nodes",
          "this catalog knows no storage nodes yet: name the first ones with --nodes");
    }
    Layout first = first(contact(addresses));
    if (!store.publish(first)) {
      return store.newest().orElseThrow();
    }
    LOG.info(
        "new cluster {} of {} nodes with {} replicas",
        first.clusterId(),
        first.nodes().size(),
        first.replicas());
    for (LayoutNode node : first.nodes()) {
      install(node, first);
    }
    return first;
  }

  private Layout first(List<LayoutNode> nodes) {
    int replicas = Math.min(REPLICAS, nodes.size());
    if (replicas < REPLICAS) {
      LOG.warn(
          "only {} storage nodes: this cluster will keep {} replicas of every blob, not {}, for ever",
          nodes.size(),
          replicas,
          REPLICAS);
    }
    byte[] id = new byte[16];
    random.nextBytes(id);
    return Solver.first(HexFormat.of().formatHex(id), ARC_BITS, replicas, nodes);
  }

  private List<LayoutNode> contact(List<String> addresses)
      throws ClusterException, InterruptedException {
    Map<NodeId, String> seen = new HashMap<>();
    List<LayoutNode> nodes = new ArrayList<>();
    for (String address : addresses) {
      NodeDescription node = door.knock(address, PATIENCE);
      requireNew(node, address, seen);
      nodes.add(
          new LayoutNode(
              node.id(),
              address,
              node.zone(),
              Math.max(1, node.contents().capacityBytes()),
              NodeState.ACTIVE));
    }
    return nodes;
  }

  private static void requireNew(NodeDescription node, String address, Map<NodeId, String> seen)
      throws ClusterException {
    if (node.clusterId().isPresent()) {
      throw ClusterException.refused(
          "wrong_cluster",
          "node "
              + node.id()
              + " at "
              + address
              + " belongs to cluster "
              + node.clusterId().get()
              + ", and this catalog is empty: give the node an empty data folder, or this web server that cluster's catalog");
    }
    String other = seen.put(node.id(), address);
    if (other != null) {
      throw ClusterException.refused(
          "same_node_twice", "node " + node.id() + " answers at " + other + " and at " + address);
    }
  }

  private void install(LayoutNode node, Layout layout) {
    try {
      control.install(node.address(), layout);
    } catch (IOException e) {
      LOG.warn("{}; it gets the layout later", e.getMessage());
    }
  }
}
