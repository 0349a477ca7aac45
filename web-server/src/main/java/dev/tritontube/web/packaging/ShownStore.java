package dev.tritontube.web.packaging;

import dev.tritontube.web.catalog.AssetId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// What goes on playing of assets that are being encoded again.
final class ShownStore {
  private static final String COLUMNS =
      "status, stage, error_code, error_detail, revision, facts, plan, presentation, renditions,"
          + " profile, job, updated_at";

  private ShownStore() {}

  /// Keeps what plays of an asset, so that its row in packaging can tell of another encoding.
  static void keep(Handle tx, AssetId asset) {
    tx.execute(
        "insert into packaging_shown (asset, "
            + COLUMNS
            + ") select asset, "
            + COLUMNS
            + " from packaging where asset = ?",
        asset.value());
  }

  /// Whether an asset is being encoded again, or was and that is kept for a retry.
  static boolean has(Handle handle, AssetId asset) {
    return handle
        .createQuery("select 1 from packaging_shown where asset = :asset")
        .bind("asset", asset.value())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// Whether everything was there of what plays meanwhile.
  static boolean isComplete(Handle handle, AssetId asset) {
    return handle
        .createQuery("select status from packaging_shown where asset = :asset")
        .bind("asset", asset.value())
        .mapTo(String.class)
        .findOne()
        .filter("COMPLETED"::equals)
        .isPresent();
  }

  /// Gives up the new encoding: the row in packaging tells of what plays again.
  static void restore(Handle tx, AssetId asset) {
    tx.execute(
        "update packaging set ("
            + COLUMNS
            + ", percent, eta_seconds, playable, reason_code, reason_detail) = (select "
            + COLUMNS
            + ", 100, cast(null as integer), true, null, null"
            + " from packaging_shown s where s.asset = packaging.asset)"
            + " where asset = ?",
        asset.value());
    drop(tx, asset);
  }

  /// Gives up what played: the new encoding plays from now on.
  ///
  /// @param due when the segments of the old one are deleted
  static void retire(Handle tx, AssetId asset, Instant due) {
    tx.execute(
        """
        insert into packaging_sweeps (asset, revision, due_at, tries, plan, presentation)
        select asset, revision, ?, 0, plan, presentation from packaging_shown where asset = ?
        """,
        due.toEpochMilli(),
        asset.value());
    drop(tx, asset);
  }

  static void drop(Handle tx, AssetId asset) {
    tx.execute("delete from packaging_shown where asset = ?", asset.value());
  }
}
