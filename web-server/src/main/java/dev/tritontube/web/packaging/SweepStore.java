package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The durable queue of revisions whose segments have to go. Thread-safe; several processes share
/// it.
final class SweepStore {
  private final Jdbi jdbi;

  SweepStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// A revision to delete.
  ///
  /// @param tries how often it was tried before
  record Sweep(AssetId asset, String revision, int tries) {}

  static void add(Handle tx, AssetId asset, String revision, Instant due) {
    tx.execute(
        "insert into packaging_sweeps (asset, revision, due_at, tries) values (?, ?, ?, 0)",
        asset.value(),
        revision,
        due.toEpochMilli());
  }

  /// Forgets what was to be done about an asset.
  static void drop(Handle tx, AssetId asset) {
    tx.execute("delete from packaging_sweeps where asset = ?", asset.value());
  }

  /// Takes some that are due. They are due again after `lease`, in case nobody calls `done` until
  /// then; two that work on the same one do no harm.
  List<Sweep> take(int limit, Instant now, Duration lease) {
    return due(limit, now).stream().filter(sweep -> claimed(sweep, now, lease)).toList();
  }

  private List<Sweep> due(int limit, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select asset, revision, tries from packaging_sweeps where due_at <= :now
                    order by due_at limit :limit
                    """)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map(
                    (row, _) ->
                        new Sweep(
                            new AssetId(row.getString("asset")),
                            row.getString("revision"),
                            row.getInt("tries")))
                .list());
  }

  private boolean claimed(Sweep sweep, Instant now, Duration lease) {
    return jdbi.inTransaction(
        tx ->
            tx.execute(
                    """
                    update packaging_sweeps set due_at = ?, tries = tries + 1
                    where asset = ? and revision = ? and due_at <= ?
                    """,
                    now.plus(lease).toEpochMilli(),
                    sweep.asset().value(),
                    sweep.revision(),
                    now.toEpochMilli())
                == 1);
  }

  /// Puts off one that failed.
  void retryAt(Sweep sweep, Instant due) {
    jdbi.useTransaction(
        tx ->
            tx.execute(
                "update packaging_sweeps set due_at = ? where asset = ? and revision = ?",
                due.toEpochMilli(),
                sweep.asset().value(),
                sweep.revision()));
  }

  void done(Sweep sweep) {
    jdbi.useTransaction(
        tx ->
            tx.execute(
                "delete from packaging_sweeps where asset = ? and revision = ?",
                sweep.asset().value(),
                sweep.revision()));
  }
}
