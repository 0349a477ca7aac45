package dev.tritontube.web.catalog;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
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
  private final QuotaStore quotas;
  private final RandomGenerator random = new SecureRandom();

  public UploadStore(Database database, QuotaStore quotas) {
    this.quotas = quotas;
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

  /// An upload that begins.
  public record Begun(AssetId asset, Owner owner, Claim claim) {}

  /// Declares that chunks 0 to `chunks` - 1 of this asset may be written from now on.
  ///
  /// @throws OverQuotaException when its owner may not have so much
  public void begin(Begun upload, String instance, long chunks, Instant now) {
    jdbi.useTransaction(tx -> begin(tx, upload, instance, chunks, now));
  }

  /// @param alive when it was last known to be under way: one that nobody has to keep alive until
  ///   some time says so ahead
  /// @throws OverQuotaException when its owner may not have so much
  public void begin(Handle tx, Begun upload, String instance, long chunks, Instant alive) {
    quotas.begin(tx, upload.owner(), upload.claim());
    tx.createUpdate(
            """
            INSERT INTO uploads (asset_id, owner, held_bytes, held_videos, instance,
              chunks_reserved, started_at, alive_at)
            VALUES (:asset, :owner, :bytes, :videos, :instance, :chunks, :alive, :alive)\
            """)
        .bind("asset", upload.asset().value())
        .bind("owner", upload.owner().value())
        .bind("bytes", upload.claim().bytes())
        .bind("videos", upload.claim().videos())
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

  /// Declares chunks that were found, so that none of their numbers is used again and all are
  /// deleted when it is given up.
  public static void found(Handle tx, AssetId asset, long chunks) {
    tx.createUpdate(
            """
            UPDATE uploads SET chunks_reserved = :chunks
            WHERE asset_id = :asset AND chunks_reserved < :chunks""")
        .bind("chunks", chunks)
        .bind("asset", asset.value())
        .execute();
  }

  /// Claims room for all of an upload, as far as it did not when it began.
  ///
  /// @param bytes how many it has by now, or will have
  /// @return false when the upload was taken for dead meanwhile
  /// @throws OverQuotaException when its owner may not have so much
  public boolean hold(AssetId asset, long bytes) {
    return jdbi.inTransaction(tx -> hold(tx, asset, bytes));
  }

  public boolean hold(Handle tx, AssetId asset, long bytes) {
    Optional<Held> held = held(tx, asset);
    held.filter(known -> known.bytes() < bytes && known.owner().isPresent())
        .ifPresent(
            known -> {
              quotas.hold(tx, known.owner().get(), bytes - known.bytes());
              tx.createUpdate("UPDATE uploads SET held_bytes = :bytes WHERE asset_id = :asset")
                  .bind("bytes", bytes)
                  .bind("asset", asset.value())
                  .execute();
            });
    return held.isPresent();
  }

  /// What an upload holds.
  ///
  /// @param owner empty of one from before this was on record
  private record Held(AssetId asset, Optional<Owner> owner, long bytes, long videos, long chunks) {
    static Held of(ResultSet row) throws SQLException {
      return new Held(
          new AssetId(row.getString("asset_id")),
          Optional.ofNullable(row.getString("owner")).map(Owner::new),
          row.getLong("held_bytes"),
          row.getLong("held_videos"),
          row.getLong("chunks_reserved"));
    }
  }

  private Optional<Held> held(Handle tx, AssetId asset) {
    return tx.createQuery("SELECT * FROM uploads WHERE asset_id = :asset" + forUpdate)
        .bind("asset", asset.value())
        .map((row, _) -> Held.of(row))
        .findOne();
  }

  /// How many chunks were declared; empty when the upload was taken for dead.
  public Optional<Long> reserved(AssetId asset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT chunks_reserved FROM uploads WHERE asset_id = :asset")
                .bind("asset", asset.value())
                .mapTo(Long.class)
                .findOne());
  }

  /// Gives up an upload and queues all blobs for deletion that were declared.
  public void abandon(Handle tx, AssetId asset, Instant now) {
    held(tx, asset)
        .ifPresent(
            held -> {
              remove(tx, held);
              PurgeStore.add(tx, asset, held.chunks(), now);
            });
  }

  /// Declares more chunks.
  ///
  /// @return false when the upload was taken for dead meanwhile: it must write nothing more
  public boolean reserve(AssetId asset, long chunks, Instant now) {
    return jdbi.inTransaction(
        tx ->
            tx.createUpdate(
                        "UPDATE uploads SET chunks_reserved = :chunks, alive_at = :now WHERE"
                            + " asset_id = :asset")
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
    return jdbi.inTransaction(tx -> finish(tx, upload, List.of(), used, now));
  }

  /// Uploads of parts that are put together.
  public interface Joining {
    /// Whose room is the whole's from then on.
    List<AssetId> parts();

    /// What happens first in the transaction that makes a video of the whole. What it throws undoes
    /// that.
    void begin(Handle tx);
  }

  /// The same of an upload that was put together; the parts are given up in the same transaction.
  public Optional<Video> join(Finished upload, Joining joining, AssetUsed used, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          joining.begin(tx);
          return finish(tx, upload, joining.parts(), used, now);
        });
  }

  private Optional<Video> finish(
      Handle tx, Finished upload, List<AssetId> parts, AssetUsed used, Instant now) {
    Optional<Held> held = held(tx, upload.asset().id());
    if (held.isEmpty()) {
      return Optional.empty();
    }
    if (!accepts(tx, upload.video().owner())) {
      remove(tx, held.get());
      PurgeStore.add(tx, upload.asset().id(), upload.chunks(), now);
      return Optional.empty();
    }
    Video video = upload.video().on(stored(tx, upload, parts, now));
    QuotaStore.stored(tx, video.owner(), 0, 1);
    remove(tx, held(tx, upload.asset().id()).orElseThrow());
    used.in(tx, video.asset());
    VideoStore.insert(tx, video);
    TrackSearchStore.adopt(tx, video, random, now);
    events.ofVideo(tx, EventType.CREATED, video.id(), now);
    library.add(tx, video);
    if (upload.token() != null) {
      FollowedUploadStore.Completed completed =
          new FollowedUploadStore.Completed(video.id(), upload.asset().sizeBytes());
      FollowedUploadStore.completed(tx, events, upload.token(), completed, now);
    }
    return Optional.of(video);
  }

  /// The asset that has the bytes: a new one, or one that has the same.
  private AssetId stored(Handle tx, Finished upload, List<AssetId> parts, Instant now) {
    Asset asset = upload.asset();
    Optional<Asset> same = AssetStore.attachable(tx, asset, forUpdate);
    parts.forEach(part -> abandon(tx, part, now));
    if (same.isPresent()) {
      PurgeStore.add(tx, asset.id(), upload.chunks(), now);
      return same.get().id();
    }
    hold(tx, asset.id(), asset.sizeBytes());
    AssetStore.insert(tx, asset);
    QuotaStore.stored(tx, asset.owner(), asset.sizeBytes(), 0);
    return asset.id();
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
        tx ->
            held(tx, asset)
                .ifPresent(
                    held -> {
                      remove(tx, held);
                      PurgeStore.add(tx, asset, chunks, now);
                    }));
  }

  /// Gives up the uploads of processes that have said nothing since `before`.
  ///
  /// @return how many there were
  public int abandonSilent(Instant before, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          List<Held> silent =
              tx.createQuery(
                      "SELECT * FROM uploads WHERE alive_at < :before ORDER BY owner" + forUpdate)
                  .bind("before", before.toEpochMilli())
                  .map((row, _) -> Held.of(row))
                  .list();
          for (Held upload : silent) {
            remove(tx, upload);
            PurgeStore.add(tx, upload.asset(), upload.chunks(), now);
          }
          return silent.size();
        });
  }

  private static void remove(Handle tx, Held upload) {
    tx.createUpdate("DELETE FROM uploads WHERE asset_id = :asset")
        .bind("asset", upload.asset().value())
        .execute();
    upload.owner().ifPresent(owner -> QuotaStore.end(tx, owner, upload.bytes(), upload.videos()));
  }

  /// How many uploads are under way, in all processes.
  public long count() {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT COUNT(*) FROM uploads").mapTo(Long.class).one());
  }
}
