package dev.tritontube.web.catalog;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Videos in the catalog. Thread-safe.
public final class VideoStore {
  private static final String COLUMNS =
      "SELECT id, owner, asset_id, title, description, visibility, file_name, created_at,"
          + " updated_at, expires_at, deleted_at, poster, poster_bytes FROM videos";

  private final Jdbi jdbi;
  private final String forUpdate;
  private final EventStore events;
  private final LibraryEntryStore library;

  public VideoStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
    this.events = database.events();
    this.library = new LibraryEntryStore(database.words());
  }

  /// Empty for one that is deleted.
  public Optional<Video> find(VideoId id) {
    return jdbi.withHandle(handle -> find(handle, id, ""));
  }

  /// One that is deleted and can be restored.
  public Optional<Video> findDeleted(VideoId id) {
    return jdbi.withHandle(handle -> any(handle, id, ""))
        .filter(video -> video.deletedAt() != null);
  }

  /// Some videos, deleted or not, in this order; those left out that are not there.
  public List<Video> all(List<VideoId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle -> {
          Map<String, Row> rows =
              handle
                  .createQuery(COLUMNS + " WHERE id IN (<ids>)")
                  .bindList("ids", ids.stream().map(VideoId::value).toList())
                  .map((row, _) -> Row.of(row))
                  .collect(toMap(Row::id, identity()));
          return withTags(
              handle,
              ids.stream().map(id -> rows.get(id.value())).filter(Objects::nonNull).toList());
        });
  }

  /// Changes what is written about a video.
  ///
  /// @return the video as it is now; empty when there is none
  public Optional<Video> edit(VideoId id, UnaryOperator<VideoDetails> change, Instant now) {
    return change(id, before -> before.with(change.apply(before.details())), now);
  }

  /// Changes what is written about a video, and when it expires.
  ///
  /// @return the video as it is now; empty when there is none
  public Optional<Video> change(VideoId id, UnaryOperator<Video> change, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<Video> video = find(tx, id, forUpdate);
          video.ifPresent(before -> edit(tx, before, change.apply(before), now));
          return video.isEmpty() ? video : find(tx, id, "");
        });
  }

  private void edit(Handle tx, Video before, Video after, Instant now) {
    update(tx, after, now.toEpochMilli());
    events.edited(tx, before.id(), before.details().visibility(), now);
    library.edit(tx, after);
  }

  /// Deletes a video for good, or one that could be restored until then. When it was the last one
  /// of its asset, the asset goes too: nothing attaches to it any more, and its blobs are queued
  /// for deletion.
  ///
  /// @param chunkBytes the size of an original's chunks
  /// @return false when there was none
  public boolean delete(VideoId id, long chunkBytes, Instant now) {
    return jdbi.inTransaction(tx -> delete(tx, id, chunkBytes, now));
  }

  /// The same as part of a transaction.
  public boolean delete(Handle tx, VideoId id, long chunkBytes, Instant now) {
    Optional<Video> video = any(tx, id, "");
    if (video.isEmpty()) {
      return false;
    }
    AssetId asset = video.get().asset();
    Size size = size(tx, asset, chunkBytes);
    tx.createUpdate("DELETE FROM video_tags WHERE video_id = :id").bind("id", id.value()).execute();
    int deleted =
        tx.createUpdate("DELETE FROM videos WHERE id = :id").bind("id", id.value()).execute();
    if (deleted == 1 && isUnused(tx, asset)) {
      tx.createUpdate("UPDATE assets SET state = 'DELETING' WHERE id = :asset")
          .bind("asset", asset.value())
          .execute();
      PurgeStore.add(tx, asset, size.chunks(), now);
      QuotaStore.stored(tx, video.get().owner(), -size.bytes(), 0);
    }
    if (deleted == 1) {
      FramesOfVideoStore.delete(tx, id, now);
      PosterStore.release(tx, id, now);
      QuotaStore.stored(tx, video.get().owner(), 0, -1);
      if (video.get().deletedAt() == null) {
        events.deleted(tx, video.get(), now);
      }
      events.hold(tx);
      library.remove(tx, id);
    }
    return deleted == 1;
  }

  /// @param chunks how many numbers its blobs may have
  private record Size(long bytes, long chunks) {}

  /// Keeps the asset as it is until the transaction ends.
  private Size size(Handle tx, AssetId asset, long chunkBytes) {
    return tx.createQuery("SELECT size_bytes, numbers FROM assets WHERE id = :asset" + forUpdate)
        .bind("asset", asset.value())
        .map(
            (row, _) -> {
              long bytes = row.getLong("size_bytes");
              long numbers = row.getLong("numbers");
              return new Size(bytes, row.wasNull() ? Math.ceilDiv(bytes, chunkBytes) : numbers);
            })
        .one();
  }

  private static boolean isUnused(Handle tx, AssetId asset) {
    return tx.createQuery("SELECT COUNT(*) FROM videos WHERE asset_id = :asset")
            .bind("asset", asset.value())
            .mapTo(Long.class)
            .one()
        == 0;
  }

  static Optional<Video> find(Handle handle, VideoId id, String forUpdate) {
    return any(handle, id, forUpdate).filter(video -> video.deletedAt() == null);
  }

  static Optional<Video> any(Handle handle, VideoId id, String forUpdate) {
    List<Row> rows =
        handle
            .createQuery(COLUMNS + " WHERE id = :id" + forUpdate)
            .bind("id", id.value())
            .map((row, context) -> Row.of(row))
            .list();
    return withTags(handle, rows).stream().findFirst();
  }

  static void insert(Handle tx, Video video) {
    tx.createUpdate(
            """
            INSERT INTO videos (id, owner, asset_id, title, description, visibility, file_name,
                                created_at, updated_at)
            VALUES (:id, :owner, :asset, :title, :description, :visibility, :fileName, :createdAt, :updatedAt)\
            """)
        .bind("id", video.id().value())
        .bind("owner", video.owner().value())
        .bind("asset", video.asset().value())
        .bind("title", video.details().title())
        .bind("description", video.details().description())
        .bind("visibility", video.details().visibility().word())
        .bind("fileName", video.fileName())
        .bind("createdAt", video.createdAt().toEpochMilli())
        .bind("updatedAt", video.updatedAt().toEpochMilli())
        .execute();
    insertTags(tx, video.id(), video.details().tags());
  }

  private static void update(Handle tx, Video video, long now) {
    VideoId id = video.id();
    VideoDetails details = video.details();
    Instant expiry = video.expiresAt();
    tx.createUpdate(
            """
            UPDATE videos SET title = :title, description = :description, visibility = :visibility,
                              updated_at = :now, expires_at = :expiry
            WHERE id = :id\
            """)
        .bind("title", details.title())
        .bind("description", details.description())
        .bind("visibility", details.visibility().word())
        .bind("now", now)
        .bind("expiry", expiry == null ? null : Long.valueOf(expiry.toEpochMilli()))
        .bind("id", id.value())
        .execute();
    tx.createUpdate("DELETE FROM video_tags WHERE video_id = :id").bind("id", id.value()).execute();
    insertTags(tx, id, details.tags());
  }

  private static void insertTags(Handle tx, VideoId id, List<String> tags) {
    for (int i = 0; i < tags.size(); i++) {
      tx.createUpdate(
              "INSERT INTO video_tags (video_id, position, tag) VALUES (:id, :position, :tag)")
          .bind("id", id.value())
          .bind("position", i)
          .bind("tag", tags.get(i))
          .execute();
    }
  }

  private static List<Video> withTags(Handle handle, List<Row> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, List<String>> tags =
        handle
            .createQuery(
                "SELECT video_id, tag FROM video_tags WHERE video_id IN (<ids>) ORDER BY video_id,"
                    + " position")
            .bindList("ids", rows.stream().map(Row::id).toList())
            .map((row, context) -> new Tag(row.getString(1), row.getString(2)))
            .collect(groupingBy(Tag::video, mapping(Tag::tag, toList())));
    return rows.stream().map(row -> row.video(tags.getOrDefault(row.id(), List.of()))).toList();
  }

  private record Tag(String video, String tag) {}

  private record Row(
      String id,
      String owner,
      String asset,
      String title,
      String description,
      String visibility,
      String fileName,
      long createdAt,
      long updatedAt,
      @Nullable Instant expiresAt,
      @Nullable Instant deletedAt,
      @Nullable OwnPoster poster) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString("id"),
          row.getString("owner"),
          row.getString("asset_id"),
          row.getString("title"),
          row.getString("description"),
          row.getString("visibility"),
          row.getString("file_name"),
          row.getLong("created_at"),
          row.getLong("updated_at"),
          time(row, "expires_at"),
          time(row, "deleted_at"),
          poster(row));
    }

    private static @Nullable OwnPoster poster(ResultSet row) throws SQLException {
      String name = row.getString("poster");
      return name == null ? null : new OwnPoster(name, row.getLong("poster_bytes"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
      long millis = row.getLong(column);
      return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    Video video(List<String> tags) {
      return new Video(
          new VideoId(id),
          new Owner(owner),
          new AssetId(asset),
          new VideoDetails(
              title, description, tags, Visibility.parse(visibility).orElse(Visibility.PRIVATE)),
          fileName,
          Instant.ofEpochMilli(createdAt),
          Instant.ofEpochMilli(updatedAt),
          expiresAt,
          deletedAt,
          poster);
    }
  }
}
