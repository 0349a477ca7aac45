package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// What people are told of assets, and what plays of them. Thread-safe.
final class PublishedStore {
  private final Jdbi jdbi;

  PublishedStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Map<AssetId, AssetMedia> media(Collection<AssetId> assets) {
    Map<AssetId, AssetMedia> found = new HashMap<>();
    if (assets.isEmpty()) {
      return found;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select p.*, exists (select 1 from packaging_segments s where s.asset = p.asset
                      and s.revision = p.revision and s.representation = 'poster') as poster
                    from packaging p where p.asset in (<assets>)
                    """)
                .bindList("assets", assets.stream().map(AssetId::value).toList())
                .map((row, _) -> Map.entry(new AssetId(row.getString("asset")), media(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue())));
    assets.forEach(asset -> found.putIfAbsent(asset, AssetMedia.pending()));
    return found;
  }

  private static AssetMedia media(ResultSet row) throws SQLException {
    int eta = row.getInt("eta_seconds");
    Integer known = row.wasNull() ? null : Integer.valueOf(eta);
    String reason = row.getString("reason_code");
    AssetMedia.Progress progress =
        new AssetMedia.Progress(
            row.getString("stage"),
            row.getInt("percent"),
            known,
            reason == null ? null : new AssetMedia.Reason(reason, row.getString("reason_detail")));
    String code = row.getString("error_code");
    String facts = row.getString("facts");
    String presentation = row.getString("presentation");
    return new AssetMedia(
        Status.valueOf(row.getString("status")),
        row.getBoolean("playable"),
        progress,
        code == null ? null : new AssetMedia.Failure(code, row.getString("error_detail")),
        facts == null ? null : StoredJson.read(facts, AssetMedia.Facts.class),
        presentation == null
            ? List.of()
            : Renditions.of(StoredJson.read(presentation, Presentation.class)),
        row.getBoolean("poster"),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  Optional<Published> published(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select revision, presentation, status, updated_at from packaging
                    where asset = :asset and playable
                    """)
                .bind("asset", asset.value())
                .map(
                    (row, _) ->
                        new Published(
                            row.getString("revision"),
                            StoredJson.read(row.getString("presentation"), Presentation.class),
                            row.getString("status").equals("COMPLETED"),
                            Instant.ofEpochMilli(row.getLong("updated_at"))))
                .findOne());
  }

  Optional<String> revision(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select revision from packaging where asset = :asset and revision is not null")
                .bind("asset", asset.value())
                .mapTo(String.class)
                .findOne());
  }
}
