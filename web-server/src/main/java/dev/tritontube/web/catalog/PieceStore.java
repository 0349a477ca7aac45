package dev.tritontube.web.catalog;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Where the pieces are of originals that are not cut evenly. Thread-safe.
public final class PieceStore {
  private final Jdbi jdbi;

  public PieceStore(Database database) {
    this.jdbi = database.jdbi();
  }

  public static void add(Handle tx, AssetId asset, Piece piece) {
    tx.createUpdate(
            """
            INSERT INTO original_pieces (asset_id, start_at, number, length)
            VALUES (:asset, :start, :number, :length)""")
        .bind("asset", asset.value())
        .bind("start", piece.start())
        .bind("number", piece.number())
        .bind("length", piece.length())
        .execute();
  }

  public static void drop(Handle tx, AssetId asset) {
    tx.createUpdate("DELETE FROM original_pieces WHERE asset_id = :asset")
        .bind("asset", asset.value())
        .execute();
  }

  /// The piece that has a byte.
  public Optional<Piece> at(AssetId asset, long offset) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT number, start_at, length FROM original_pieces
                        WHERE asset_id = :asset AND start_at <= :offset
                        ORDER BY start_at DESC LIMIT 1""")
                    .bind("asset", asset.value())
                    .bind("offset", offset)
                    .map(
                        (row, _) ->
                            new Piece(
                                row.getLong("number"),
                                row.getLong("start_at"),
                                row.getLong("length")))
                    .findOne())
        .filter(piece -> offset < piece.end());
  }
}
