package dev.tritontube.web.catalog;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Assets in the catalog. Thread-safe.
public final class AssetStore {
  private static final String COLUMNS =
      "SELECT id, owner, sha256, profile, size_bytes, container, numbers, created_at FROM assets";

  private final Jdbi jdbi;

  public AssetStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// Empty for an asset that is being deleted.
  public Optional<Asset> find(AssetId id) {
    return Optional.ofNullable(all(List.of(id)).get(id));
  }

  /// The live ones among them.
  public Map<AssetId, Asset> all(Collection<AssetId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(COLUMNS + " WHERE state = 'LIVE' AND id IN (<ids>)")
                .bindList("ids", ids.stream().map(AssetId::value).toList())
                .map((row, context) -> asset(row))
                .collect(toMap(Asset::id, identity())));
  }

  /// What is to be made of an asset; empty for one that is not there.
  public static Optional<String> making(Handle tx, AssetId asset) {
    return tx.createQuery("SELECT profile FROM assets WHERE id = :id")
        .bind("id", asset.value())
        .mapTo(String.class)
        .findOne();
  }

  /// The live asset with these bytes, kept alive until the transaction ends.
  static Optional<Asset> attachable(Handle tx, Asset like, String forUpdate) {
    return tx.createQuery(
            COLUMNS
                + " WHERE owner = :owner AND sha256 = :sha256 AND profile = :profile AND state = 'LIVE'"
                + forUpdate)
        .bind("owner", like.owner().value())
        .bind("sha256", like.sha256().hex())
        .bind("profile", like.profile())
        .map((row, context) -> asset(row))
        .findOne();
  }

  static void insert(Handle tx, Asset asset) {
    tx.createUpdate(
            """
            INSERT INTO assets (id, owner, state, sha256, profile, size_bytes, container, numbers, created_at)
            VALUES (:id, :owner, 'LIVE', :sha256, :profile, :size, :container, :numbers, :createdAt)""")
        .bind("id", asset.id().value())
        .bind("owner", asset.owner().value())
        .bind("sha256", asset.sha256().hex())
        .bind("profile", asset.profile())
        .bind("size", asset.sizeBytes())
        .bind("container", asset.container())
        .bind("numbers", asset.numbers().isPresent() ? asset.numbers().getAsLong() : null)
        .bind("createdAt", asset.createdAt().toEpochMilli())
        .execute();
  }

  private static OptionalLong numbers(ResultSet row) throws SQLException {
    long numbers = row.getLong("numbers");
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(numbers);
  }

  private static Asset asset(ResultSet row) throws SQLException {
    return new Asset(
        new AssetId(row.getString("id")),
        new Owner(row.getString("owner")),
        new Sha256(row.getString("sha256")),
        row.getString("profile"),
        row.getLong("size_bytes"),
        row.getString("container"),
        numbers(row),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}
