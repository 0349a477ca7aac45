package dev.tritontube.web.cluster;

import dev.tritontube.ring.NodeId;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// What the catalog remembers of nodes beside the layout. Thread-safe.
final class NodeStore {
  private final Jdbi jdbi;

  NodeStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// The process of each node that was last brought up to date.
  Map<NodeId, String> synced() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT node_id, instance FROM synced_nodes")
                .map(
                    (row, _) ->
                        Map.entry(new NodeId(row.getString("node_id")), row.getString("instance")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /// Remembers that a process of a node has what it owns.
  void synced(NodeId node, String instance) {
    jdbi.useTransaction(
        handle ->
            handle.execute(
                "INSERT INTO synced_nodes (node_id, instance) VALUES (?, ?)"
                    + " ON CONFLICT (node_id) DO UPDATE SET instance = excluded.instance",
                node.value(),
                instance));
  }

  /// True when the node was removed by force: its data may not come back.
  boolean wasLost(NodeId node) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT 1 FROM lost_nodes WHERE node_id = :node")
                .bind("node", node.value())
                .mapTo(int.class)
                .findOne()
                .isPresent());
  }

  /// Part of the transaction that removes a node by force.
  static void giveUp(Handle transaction, NodeId node, Instant now) {
    transaction.execute(
        "INSERT INTO lost_nodes (node_id, removed_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        node.value(),
        now.toEpochMilli());
  }
}
