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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// What people are told of assets, and what plays of them. Thread-safe.
final class PublishedStore {
  /// How assets are for those who watch: of one that is encoded again, as it was before. What plays
  /// is left out.
  private static final String SEEN =
      """
      select p.asset, coalesce(s.status, p.status) as status, coalesce(s.stage, p.stage) as stage,
        case when s.asset is null then p.percent else 100 end as percent,
        case when s.asset is null then p.eta_seconds end as eta_seconds,
        case when s.asset is null then p.reason_code end as reason_code,
        case when s.asset is null then p.reason_detail end as reason_detail,
        case when s.asset is null then p.error_code else s.error_code end as error_code,
        case when s.asset is null then p.error_detail else s.error_detail end as error_detail,
        coalesce(s.revision, p.revision) as revision,
        case when s.asset is null then p.facts else s.facts end as facts,
        case when s.asset is null then p.renditions else s.renditions end as renditions,
        p.playable or s.asset is not null as playable,
        coalesce(s.updated_at, p.updated_at) as updated_at
      from packaging p left join packaging_shown s on s.asset = p.asset\
      """;

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
                    select q.*, exists (select 1 from packaging_segments g where g.asset = q.asset
                      and g.revision = q.revision and g.representation = 'poster') as poster
                    from (
                    """
                        + SEEN
                        + """
                         where p.asset in (<assets>)) q
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
    String renditions = row.getString("renditions");
    Renditions.Kept kept = renditions == null ? Renditions.Kept.NONE : Renditions.read(renditions);
    return new AssetMedia(
        Status.valueOf(row.getString("status")),
        row.getBoolean("playable"),
        progress,
        code == null ? null : new AssetMedia.Failure(code, row.getString("error_detail")),
        facts == null ? null : StoredJson.read(facts, AssetMedia.Facts.class),
        kept.renditions(),
        row.getBoolean("poster"),
        kept.thumbnails(),
        kept.notes(),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  Optional<Published> published(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select coalesce(s.revision, p.revision) as revision,
                      coalesce(s.presentation, p.presentation) as presentation
                    from packaging p left join packaging_shown s on s.asset = p.asset
                    where p.asset = :asset and (p.playable or s.asset is not null)
                    """)
                .bind("asset", asset.value())
                .map((row, _) -> published(row))
                .findOne());
  }

  /// A revision that plays, or was replaced of late.
  Optional<Published> published(AssetId asset, String revision) {
    return published(asset)
        .filter(playing -> playing.revision().equals(revision))
        .or(() -> replaced(asset, revision));
  }

  private Optional<Published> replaced(AssetId asset, String revision) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select revision, presentation from packaging_sweeps
                    where asset = :asset and revision = :revision and presentation is not null
                    """)
                .bind("asset", asset.value())
                .bind("revision", revision)
                .map((row, _) -> published(row))
                .findOne());
  }

  private static Published published(ResultSet row) throws SQLException {
    return new Published(
        row.getString("revision"),
        StoredJson.read(row.getString("presentation"), Presentation.class));
  }

  /// All that there is or was of an asset and is not to be deleted yet: what plays, and what is
  /// made.
  List<String> revisions(Handle tx, AssetId asset) {
    return tx.createQuery(
            """
            select revision from packaging where asset = :asset and revision is not null
            union select revision from packaging_shown where asset = :asset
            """)
        .bind("asset", asset.value())
        .mapTo(String.class)
        .list();
  }

  /// The revision that plays, or is to.
  Optional<String> revision(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select coalesce(s.revision, p.revision) from packaging p
                    left join packaging_shown s on s.asset = p.asset
                    where p.asset = :asset and coalesce(s.revision, p.revision) is not null
                    """)
                .bind("asset", asset.value())
                .mapTo(String.class)
                .findOne());
  }
}
