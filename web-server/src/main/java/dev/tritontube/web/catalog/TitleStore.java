package dev.tritontube.web.catalog;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/// What videos are called, by their asset. Thread-safe.
public final class TitleStore {
  private final Jdbi jdbi;

  public TitleStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /// A video and its title.
  public record Titled(VideoId id, AssetId asset, String title) {}

  /// The videos of some assets, the oldest first.
  public Map<AssetId, List<Titled>> of(Collection<AssetId> assets) {
    if (assets.isEmpty()) {
      return Map.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, asset_id, title from videos where asset_id in (<assets>) and deleted_at is null
                    order by created_at, id
                    """)
                .bindList("assets", assets.stream().map(AssetId::value).toList())
                .map(
                    (row, _) ->
                        new Titled(
                            new VideoId(row.getString("id")),
                            new AssetId(row.getString("asset_id")),
                            row.getString("title")))
                .collect(groupingBy(Titled::asset)));
  }
}
