package dev.tritontube.web.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The durable queue of originals whose blobs have to go. Thread-safe; several processes share it.
public final class PurgeStore {
  private final Jdbi jdbi;

  public PurgeStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// An original to delete.
  ///
  /// @param chunks how many blobs it has at most
  /// @param attempts how often it was tried before
  public record Purge(AssetId asset, long chunks, int attempts) {}

  static void add(Handle tx, AssetId asset, long chunks, Instant now) {
    tx.createUpdate(
            "INSERT INTO purges (asset_id, chunks, due_at, attempts) VALUES (:asset, :chunks, :now, 0)")
        .bind("asset", asset.value())
        .bind("chunks", chunks)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /// Takes some purges that are due. They are due again after `lease`, in case nobody calls `done`
  /// until then; two that work on the same one do no harm.
  public List<Purge> take(int limit, Instant now, Duration lease) {
    List<Purge> due = jdbi.withHandle(handle -> due(handle, limit, now));
    return due.stream().filter(purge -> claimed(purge, now, lease)).toList();
  }

  private static List<Purge> due(Handle handle, int limit, Instant now) {
    return handle
        .createQuery(
            "SELECT asset_id, chunks, attempts FROM purges WHERE due_at <= :now ORDER BY due_at LIMIT :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Purge(
                    new AssetId(row.getString("asset_id")),
                    row.getLong("chunks"),
                    row.getInt("attempts")))
        .list();
  }

  private boolean claimed(Purge purge, Instant now, Duration lease) {
    return jdbi.inTransaction(
        tx ->
            tx.createUpdate(
                        """
                        UPDATE purges SET due_at = :until, attempts = attempts + 1
                        WHERE asset_id = :asset AND due_at <= :now""")
                    .bind("until", now.plus(lease).toEpochMilli())
                    .bind("asset", purge.asset().value())
                    .bind("now", now.toEpochMilli())
                    .execute()
                == 1);
  }

  /// Puts off a purge that failed.
  public void retryAt(AssetId asset, Instant due) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate("UPDATE purges SET due_at = :due WHERE asset_id = :asset")
                .bind("due", due.toEpochMilli())
                .bind("asset", asset.value())
                .execute());
  }

  /// Forgets an asset whose blobs are all gone.
  public void done(AssetId asset) {
    jdbi.useTransaction(
        tx -> {
          tx.createUpdate("DELETE FROM assets WHERE id = :asset AND state = 'DELETING'")
              .bind("asset", asset.value())
              .execute();
          PieceStore.drop(tx, asset);
          tx.createUpdate("DELETE FROM purges WHERE asset_id = :asset")
              .bind("asset", asset.value())
              .execute();
        });
  }

  /// How many there are.
  public long count() {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT COUNT(*) FROM purges").mapTo(Long.class).one());
  }
}
