package dev.tritontube.web.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Uploads that are under way, and the step that makes a video of one. Thread-safe; several
/// processes share it.
///
/// An upload's row names the blobs it may have written. It ends in exactly one of three ways:
/// `finish`, `abandon`, or, when its process is gone, `abandonSilent` by another one. A process
/// that was taken for gone cannot finish any more.
public final class UploadStore {
  private final Jdbi jdbi;
  private final String forUpdate;
  private final EventStore events;
  private final LibraryEntryStore library;

  public UploadStore(Database database) {
    this.jdbi = database.jdbi();
    this.forUpdate = database.forUpdate();
    this.events = database.events();
    this.library = new LibraryEntryStore(database.words());
  }

  /// What else happens in the transaction that makes a video of an asset, new or not.
  @FunctionalInterface
  public interface AssetUsed {
    void in(Handle tx, AssetId asset);
  }

  /// What else happens in the transaction that adds a video.
  @FunctionalInterface
  public interface VideoMade {
    void in(Handle tx, VideoId video);
  }

  /// An upload, complete on the ring.
  ///
  /// @param chunks how many blobs its original has
  /// @param token by which its client follows it; null when it does not
  public record Finished(Asset asset, Video video, long chunks, @Nullable UploadToken token) {
    public Finished {
      if (!asset.id().equals(video.asset())) {
        throw new IllegalArgumentException(video.id() + " is not of asset " + asset.id());
      }
    }
  }

  /// Declares that chunks 0 to `chunks` - 1 of this asset may be written from now on.
  public void begin(AssetId asset, String instance, long chunks, Instant now) {
    jdbi.useTransaction(tx -> begin(tx, asset, instance, chunks, now));
  }

  /// @param alive when it was last known to be under way: one that nobody has to keep alive until
  ///   some time says so ahead
  public static void begin(Handle tx, AssetId asset, String instance, long chunks, Instant alive) {
    tx.createUpdate(
            """
            INSERT INTO uploads (asset_id, instance, chunks_reserved, started_at, alive_at)
            VALUES (:asset, :instance, :chunks, :alive, :alive)""")
        .bind("asset", asset.value())
        .bind("instance", instance)
        .bind("chunks", chunks)
        .bind("alive", alive.toEpochMilli())
        .execute();
  }

  /// Says that an upload is alive, whoever receives it, until some time.
  ///
  /// @return false when it was taken for dead
  public static boolean alive(Handle tx, AssetId asset, Instant until) {
    return tx.createUpdate("UPDATE uploads SET alive_at = :until WHERE asset_id = :asset")
            .bind("until", until.toEpochMilli())
            .bind("asset", asset.value())
            .execute()
        == 1;
  }

  /// How many chunks were declared; empty when the upload was taken for dead.
  public Optional<Long> reserved(AssetId asset) {
    return jdbi.withHandle(handle -> reserved(handle, asset, ""));
  }

  private static Optional<Long> reserved(Handle handle, AssetId asset, String forUpdate) {
    return handle
        .createQuery("SELECT chunks_reserved FROM uploads WHERE asset_id = :asset" + forUpdate)
        .bind("asset", asset.value())
        .mapTo(Long.class)
        .findOne();
  }

  /// Gives up an upload and queues all blobs for deletion that were declared.
  public void abandon(Handle tx, AssetId asset, Instant now) {
    reserved(tx, asset, forUpdate)
        .ifPresent(
            chunks -> {
              removed(tx, asset);
              PurgeStore.add(tx, asset, chunks, now);
            });
  }

  /// Declares more chunks.
  ///
  /// @return false when the upload was taken for dead meanwhile: it must write nothing more
  public boolean reserve(AssetId asset, long chunks, Instant now) {
    return jdbi.inTransaction(
        tx ->
            tx.createUpdate(
                        "UPDATE uploads SET chunks_reserved = :chunks, alive_at = :now WHERE asset_id = :asset")
                    .bind("chunks", chunks)
                    .bind("now", now.toEpochMilli())
                    .bind("asset", asset.value())
                    .execute()
                == 1);
  }

  /// Says that this process still receives its uploads.
  public void alive(String instance, Instant now) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate("UPDATE uploads SET alive_at = :now WHERE instance = :instance")
                .bind("now", now.toEpochMilli())
                .bind("instance", instance)
                .execute());
  }

  /// Adds the video with its asset, or attaches it to the owner's live asset of the same bytes;
  /// then the blobs of the upload are queued for deletion. What `used` does is in the same
  /// transaction.
  ///
  /// @return the video as it is now in the catalog; empty when the upload was taken for dead, or
  ///   its owner's account closed, meanwhile
  public Optional<Video> finish(Finished upload, AssetUsed used, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          if (!removed(tx, upload.asset().id())) {
            return Optional.empty();
          }
          if (!accepts(tx, upload.video().owner())) {
            PurgeStore.add(tx, upload.asset().id(), upload.chunks(), now);
            return Optional.empty();
          }
          Optional<Asset> same = AssetStore.attachable(tx, upload.asset(), forUpdate);
          if (same.isPresent()) {
            PurgeStore.add(tx, upload.asset().id(), upload.chunks(), now);
          } else {
            AssetStore.insert(tx, upload.asset());
          }
          Video video = upload.video().on(same.map(Asset::id).orElse(upload.asset().id()));
          used.in(tx, video.asset());
          VideoStore.insert(tx, video);
          events.ofVideo(tx, EventType.CREATED, video.id(), now);
          library.add(tx, video);
          if (upload.token() != null) {
            FollowedUploadStore.Completed completed =
                new FollowedUploadStore.Completed(video.id(), upload.asset().sizeBytes());
            FollowedUploadStore.completed(tx, events, upload.token(), completed, now);
          }
          return Optional.of(video);
        });
  }

  /// Whose account is closed, or about to be deleted with all that is his, gets nothing more.
  private boolean accepts(Handle tx, Owner owner) {
    return owner.equals(Owner.ADMIN)
        || tx.createQuery("SELECT id FROM users WHERE id = :owner AND state = 'ACTIVE'" + forUpdate)
            .bind("owner", owner.value())
            .mapTo(String.class)
            .findOne()
            .isPresent();
  }

  /// Gives up an upload and queues its blobs for deletion.
  ///
  /// @param chunks how many blobs it may have written
  public void abandon(AssetId asset, long chunks, Instant now) {
    jdbi.useTransaction(
        tx -> {
          if (removed(tx, asset)) {
            PurgeStore.add(tx, asset, chunks, now);
          }
        });
  }

  /// Gives up the uploads of processes that have said nothing since `before`.
  ///
  /// @return how many there were
  public int abandonSilent(Instant before, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          List<Silent> silent =
              tx.createQuery(
                      "SELECT asset_id, chunks_reserved FROM uploads WHERE alive_at < :before"
                          + forUpdate)
                  .bind("before", before.toEpochMilli())
                  .map((row, context) -> new Silent(new AssetId(row.getString(1)), row.getLong(2)))
                  .list();
          for (Silent upload : silent) {
            removed(tx, upload.asset());
            PurgeStore.add(tx, upload.asset(), upload.chunks(), now);
          }
          return silent.size();
        });
  }

  private record Silent(AssetId asset, long chunks) {}

  private static boolean removed(Handle tx, AssetId asset) {
    return tx.createUpdate("DELETE FROM uploads WHERE asset_id = :asset")
            .bind("asset", asset.value())
            .execute()
        == 1;
  }

  /// How many uploads are under way, in all processes.
  public long count() {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT COUNT(*) FROM uploads").mapTo(Long.class).one());
  }
}
