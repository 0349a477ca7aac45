package dev.tritontube.web.cluster;

import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutPlan;
import dev.tritontube.ring.NodeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Layout changes in the catalog. At most one is active. What carries one on is written in the name
/// of a lease, in one transaction with the layout that belongs to it: whoever comes next finds a
/// change either before a transition or after it. Thread-safe.
final class ChangeStore {
  private final Jdbi jdbi;
  private final LayoutStore layouts;

  ChangeStore(Jdbi jdbi, LayoutStore layouts) {
    this.jdbi = jdbi;
    this.layouts = layouts;
  }

  /// Begins a change.
  ///
  /// @param steps of a plan that starts from the layout of `epoch`
  /// @return false, and nothing is changed, when another change is active or that layout is not the
  ///   newest any more
  boolean begin(LayoutChange change, List<LayoutPlan.Step> steps, long epoch) {
    return jdbi.inTransaction(
        handle -> {
          if (!insert(handle, change) || !layouts.newestIs(handle, epoch)) {
            handle.rollback();
            return false;
          }
          for (int i = 0; i < steps.size(); i++) {
            handle.execute(
                "INSERT INTO layout_change_steps (change_id, step, joint, settled) VALUES (?, ?, ?, ?)",
                change.id(),
                i,
                steps.get(i).joint().encode(),
                steps.get(i).settled().encode());
          }
          return true;
        });
  }

  Optional<LayoutChange> active() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM layout_changes WHERE active = 1")
                .map(ChangeStore::change)
                .findOne());
  }

  Optional<LayoutChange> find(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM layout_changes WHERE id = :id")
                .bind("id", id)
                .map(ChangeStore::change)
                .findOne());
  }

  /// A step of the plan of a change, by its number from 0.
  LayoutPlan.Step step(LayoutChange change) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT joint, settled FROM layout_change_steps WHERE change_id = :id AND step = :step")
                .bind("id", change.id())
                .bind("step", change.step())
                .map(
                    (rows, _) ->
                        new LayoutPlan.Step(
                            Layout.decode(rows.getBytes("joint")),
                            Layout.decode(rows.getBytes("settled"))))
                .one());
  }

  /// Writes where a change is now.
  ///
  /// @return false, and nothing is changed, when the lease was lost
  boolean save(LayoutChange change, Lease lease) {
    return jdbi.inTransaction(handle -> LeaseStore.holds(handle, lease) && update(handle, change));
  }

  /// Publishes a layout and writes where the change is with it. With the last layout of a forced
  /// removal the node is remembered as lost.
  ///
  /// @return false, and nothing is changed, when the lease was lost or the layout is not the next
  ///   one
  boolean publish(LayoutChange change, Layout layout, Lease lease) {
    return jdbi.inTransaction(
        handle -> {
          boolean published =
              LeaseStore.holds(handle, lease)
                  && layouts.publish(handle, layout)
                  && update(handle, change);
          if (!published) {
            handle.rollback();
          } else if (change.finished() && change.subject().forced()) {
            NodeStore.giveUp(handle, change.subject().node(), layout.epoch(), change.phaseSince());
          }
          return published;
        });
  }

  /// Ends whatever change is active: it cannot be carried on.
  static void giveUp(Handle transaction, String reason, Instant now) {
    transaction
        .createUpdate(
            "UPDATE layout_changes SET active = NULL, phase = 'DONE', phase_since = :now,"
                + " finished_at = :now, waiting = :reason WHERE active = 1")
        .bind("now", now.toEpochMilli())
        .bind("reason", reason)
        .execute();
  }

  private static boolean insert(Handle handle, LayoutChange change) {
    return handle
            .createUpdate(
                "INSERT INTO layout_changes (id, kind, node_id, address, forced, phase, phase_since, step,"
                    + " steps, moved_replicas, minimum_replicas, arcs_done, moved_blobs, moved_bytes,"
                    + " warnings, waiting, created_at, active) VALUES (:id, :kind, :node, :address,"
                    + " :forced, :phase, :since, :step, :steps, :replicas, :minimum, :copied, :blobs,"
                    + " :bytes, :warnings, :waiting, :created, 1) ON CONFLICT DO NOTHING")
            .bind("id", change.id())
            .bind("kind", change.kind().name())
            .bind("node", change.subject().node().value())
            .bind("address", change.subject().address())
            .bind("forced", change.subject().forced() ? 1 : 0)
            .bind("phase", change.phase().name())
            .bind("since", change.phaseSince().toEpochMilli())
            .bind("step", change.step())
            .bind("steps", change.steps())
            .bind("replicas", change.movement().arcReplicas())
            .bind("minimum", change.movement().minimum())
            .bind("copied", change.movement().copied())
            .bind("blobs", change.movement().blobs())
            .bind("bytes", change.movement().bytes())
            .bind("warnings", String.join("\n", change.warnings()))
            .bind("waiting", change.waiting())
            .bind("created", change.createdAt().toEpochMilli())
            .execute()
        == 1;
  }

  private static boolean update(Handle handle, LayoutChange change) {
    return handle
            .createUpdate(
                "UPDATE layout_changes SET phase = :phase, phase_since = :since, step = :step,"
                    + " arcs_done = :copied, moved_blobs = :blobs, moved_bytes = :bytes, waiting = :waiting,"
                    + " finished_at = :finished, active = :active WHERE id = :id AND active = 1")
            .bind("id", change.id())
            .bind("phase", change.phase().name())
            .bind("since", change.phaseSince().toEpochMilli())
            .bind("step", change.step())
            .bind("copied", change.movement().copied())
            .bind("blobs", change.movement().blobs())
            .bind("bytes", change.movement().bytes())
            .bind("waiting", change.waiting())
            .bind("finished", finished(change))
            .bind("active", change.finished() ? null : Integer.valueOf(1))
            .execute()
        == 1;
  }

  private static @Nullable Long finished(LayoutChange change) {
    return change.finishedAt().isEmpty() ? null : change.finishedAt().get().toEpochMilli();
  }

  private static LayoutChange change(ResultSet row, StatementContext context) throws SQLException {
    long finished = row.getLong("finished_at");
    Optional<Instant> finishedAt =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(finished));
    return new LayoutChange(
        row.getString("id"),
        ChangeKind.valueOf(row.getString("kind")),
        new LayoutChange.Subject(
            new NodeId(row.getString("node_id")),
            row.getString("address"),
            row.getInt("forced") == 1),
        ChangePhase.valueOf(row.getString("phase")),
        Instant.ofEpochMilli(row.getLong("phase_since")),
        row.getInt("step"),
        row.getInt("steps"),
        new LayoutChange.Movement(
            row.getLong("moved_replicas"),
            row.getLong("minimum_replicas"),
            row.getLong("arcs_done"),
            row.getLong("moved_blobs"),
            row.getLong("moved_bytes")),
        row.getString("warnings").lines().toList(),
        row.getString("waiting"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        finishedAt);
  }
}
