package dev.tritontube.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// What is true of every layout.
final class LayoutChecks {
  private LayoutChecks() {}

  /// @throws IllegalArgumentException when this is no layout
  static void check(Layout layout) {
    int idBytes = layout.clusterId().getBytes(UTF_8).length;
    require(idBytes > 0 && idBytes <= Layout.MAX_CLUSTER_ID_BYTES, "cluster id of bytes", idBytes);
    require(layout.epoch() >= 1, "epoch", layout.epoch());
    int bits = layout.arcBits();
    require(bits >= 1 && bits <= Layout.MAX_ARC_BITS, "arc bits", bits);
    require(layout.replicas() <= Layout.MAX_REPLICAS, "replicas", layout.replicas());
    checkNodes(layout.nodes());
    checkOwners(layout, layout.ownerTable());
    if (layout.joint()) {
      checkOwners(layout, layout.nextOwnerTable());
      checkMoves(layout);
    }
  }

  private static void checkNodes(List<LayoutNode> nodes) {
    require(nodes.size() <= Layout.MAX_NODES, "nodes", nodes.size());
    for (int i = 1; i < nodes.size(); i++) {
      if (nodes.get(i - 1).id().compareTo(nodes.get(i).id()) >= 0) {
        throw new IllegalArgumentException(
            "node " + nodes.get(i).id() + " is there twice or not in order");
      }
    }
  }

  private static void checkOwners(Layout layout, OwnerTable table) {
    require(table.arcs() == layout.arcs(), "arcs in the table", table.arcs());
    require(table.replicas() == layout.replicas(), "replicas in the table", table.replicas());
    table.check(layout.nodes().size());
  }

  private static void checkMoves(Layout layout) {
    OwnerTable before = layout.ownerTable();
    OwnerTable after = layout.nextOwnerTable();
    for (int arc = 0; arc < layout.arcs(); arc++) {
      int first = before.difference(after, arc);
      for (int i = first + 1; first >= 0 && i < layout.replicas(); i++) {
        require(before.owner(arc, i) == after.owner(arc, i), "more than one move of arc", arc);
      }
      require(
          first < 0 || !before.owns(after.owner(arc, first), arc),
          "a move to another owner of arc",
          arc);
    }
  }

  private static void require(boolean holds, String what, long value) {
    if (!holds) {
      throw new IllegalArgumentException("not a layout: " + what + " " + value);
    }
  }
}
