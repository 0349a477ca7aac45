package dev.tritontube.web.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Deleting videos so that they can be restored. Their assets stay for as long: bytes that are
/// uploaded again meet them. Thread-safe.
public final class DeletionStore {
  private final Jdbi jdbi;
  private final String forUpdate;
  private final EventStore events;
  private final LibraryEntryStore library;

  public DeletionStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
    this.events = database.events();
    this.library = new LibraryEntryStore(database.words());
  }

  /// Hides a video from everybody but its owner and administrators who ask for what is deleted.
  ///
  /// @return false when there is none, or it is deleted already
  public boolean delete(VideoId id, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<Video> video = VideoStore.find(tx, id, forUpdate);
          if (video.isEmpty()) {
            return false;
          }
          tx.execute(
              "update videos set deleted_at = ? where id = ?", now.toEpochMilli(), id.value());
          events.deleted(tx, video.get(), now);
          LibraryEntryStore.hide(tx, id);
          return true;
        });
  }

  /// Brings a deleted video back as it was. An expiry that has passed does not come back.
  ///
  /// @return the video as it is now, also when it was not deleted; empty when there is none
  public Optional<Video> restore(VideoId id, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          Optional<Video> video = VideoStore.any(tx, id, forUpdate);
          if (video.filter(known -> known.deletedAt() != null).isEmpty()) {
            return video;
          }
          tx.createUpdate(
                  """
                  update videos set deleted_at = null, updated_at = :now,
                    expires_at = case when expires_at > :now then expires_at end
                  where id = :id""")
              .bind("now", now.toEpochMilli())
              .bind("id", id.value())
              .execute();
          events.ofVideo(tx, EventType.CREATED, id, now);
          library.edit(tx, video.get());
          return VideoStore.find(tx, id, "");
        });
  }

  /// Videos whose time has come, the first ones first.
  public List<VideoId> expired(Instant now, int limit) {
    return some(
        "select id from videos where expires_at <= :time and expires_at is not null"
            + " and deleted_at is null order by expires_at limit :limit",
        now,
        limit);
  }

  /// Videos that were deleted until a time, the first ones first.
  public List<VideoId> deletedUntil(Instant time, int limit) {
    return some(
        "select id from videos where deleted_at <= :time and deleted_at is not null"
            + " order by deleted_at limit :limit",
        time,
        limit);
  }

  private List<VideoId> some(String sql, Instant time, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("time", time.toEpochMilli())
                .bind("limit", limit)
                .map((row, _) -> new VideoId(row.getString("id")))
                .list());
  }
}
