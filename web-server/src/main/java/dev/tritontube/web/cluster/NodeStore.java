package dev.tritontube.web.cluster;

import dev.tritontube.ring.NodeId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// What the catalog remembers of nodes beside the layout. Thread-safe.
final class NodeStore {
  private static final String LAST_LOSS = "(SELECT COALESCE(MAX(epoch), 0) FROM lost_nodes)";

  private final Jdbi jdbi;

  NodeStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// The process of each node that was last brought up to date. Without the nodes that were not
  /// since another one was given up: that one may have been the only one to know what they lack.
  Map<NodeId, String> synced() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT node_id, instance FROM synced_nodes WHERE epoch >= " + LAST_LOSS)
                .map(
                    (row, _) ->
                        Map.entry(new NodeId(row.getString("node_id")), row.getString("instance")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /// Remembers that a process of a node has what it owns.
  ///
  /// @param epoch of the layout that it was compared with the others by
  void synced(NodeId node, String instance, long epoch) {
    jdbi.useTransaction(
        handle ->
            handle.execute(
                "INSERT INTO synced_nodes (node_id, instance, epoch) VALUES (?, ?, ?)"
                    + " ON CONFLICT (node_id) DO UPDATE SET instance = excluded.instance,"
                    + " epoch = excluded.epoch",
                node.value(),
                instance,
                epoch));
  }

  /// Those of some nodes that were not brought up to date since another one was given up.
  Set<NodeId> inDoubt(Collection<NodeId> nodes) {
    Set<NodeId> inDoubt = new HashSet<>(anyLoss() ? nodes : Set.of());
    inDoubt.removeAll(synced().keySet());
    return inDoubt;
  }

  private boolean anyLoss() {
    return jdbi.withHandle(
            handle -> handle.createQuery("SELECT " + LAST_LOSS).mapTo(long.class).one())
        > 0;
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
  ///
  /// @param epoch the first without it
  static void giveUp(Handle transaction, NodeId node, long epoch, Instant now) {
    transaction.execute(
        "INSERT INTO lost_nodes (node_id, epoch, removed_at) VALUES (?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        node.value(),
        epoch,
        now.toEpochMilli());
  }
}
