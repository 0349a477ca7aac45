package dev.tritontube.web.resumable;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Claim;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Piece;
import dev.tritontube.web.catalog.PieceStore;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.packaging.Container;
import dev.tritontube.web.resumable.ResumableUpload.Kind;
import dev.tritontube.web.resumable.ResumableUpload.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Resumable uploads in the catalog. Thread-safe; several processes share it.
///
/// Each has a row in `uploads` too, for the blobs that it may have written. That one is alive until
/// the upload expires; then its blobs are deleted like those of any upload that was given up.
final class ResumableUploadStore {
  /// Of no process: any may go on.
  private static final String INSTANCE = "resumable";

  private final Jdbi jdbi;
  private final UploadStore uploads;

  ResumableUploadStore(Database database, UploadStore uploads) {
    this.jdbi = database.jdbi();
    this.uploads = uploads;
  }

  /// Adds one that is open, declares its blobs, and claims room for it.
  ///
  /// @throws dev.tritontube.web.catalog.OverQuotaException when its owner may not have so much
  void create(ResumableUpload upload, Instant now) {
    jdbi.useTransaction(
        tx -> {
          begin(tx, upload, upload.asset());
          insert(tx, upload, now);
        });
  }

  private void begin(Handle tx, ResumableUpload upload, AssetId asset) {
    long bytes = upload.length().orElse(0);
    Claim claim = upload.kind() == Kind.PART ? Claim.part(bytes) : Claim.video(bytes);
    uploads.begin(
        tx, new UploadStore.Begun(asset, upload.owner(), claim), INSTANCE, 0, upload.expires());
  }

  /// Adds one of which a video was made.
  void createDone(ResumableUpload upload, Instant now) {
    jdbi.useTransaction(tx -> insert(tx, upload, now));
  }

  private static void insert(Handle tx, ResumableUpload upload, Instant now) {
    tx.createUpdate(
            """
            insert into resumable_uploads (id, asset_id, owner, kind, state, length, received,
              metadata, video_id, created_at, expires_at)
            values (:id, :asset, :owner, :kind, :state, :length, :received, :metadata, :video,
              :now, :expires)
            """)
        .bind("id", upload.id())
        .bind("asset", upload.asset().value())
        .bind("owner", upload.owner().value())
        .bind("kind", upload.kind().name())
        .bind("state", upload.state().name())
        .bind("length", boxed(upload.length()))
        .bind("received", upload.received())
        .bind("metadata", upload.metadata())
        .bind("video", upload.video().map(VideoId::value).orElse(null))
        .bind("now", now.toEpochMilli())
        .bind("expires", upload.expires().toEpochMilli())
        .execute();
  }

  Optional<ResumableUpload> find(String id) {
    return jdbi.withHandle(handle -> find(handle, id));
  }

  private static Optional<ResumableUpload> find(Handle handle, String id) {
    return handle
        .createQuery("select * from resumable_uploads where id = :id")
        .bind("id", id)
        .map((row, _) -> upload(row))
        .findOne();
  }

  /// How many somebody has open.
  long open(Owner owner) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from resumable_uploads where owner = :owner and state ="
                        + " 'OPEN'")
                .bind("owner", owner.value())
                .mapTo(Long.class)
                .one());
  }

  /// Makes somebody the one who writes, in the place of whoever did.
  ///
  /// @return what is on record now; empty when it is not open any more
  Optional<ResumableUpload> take(String id, String writer, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          int taken =
              tx.createUpdate(
                      """
                      update resumable_uploads set writer = :writer
                      where id = :id and state = 'OPEN' and expires_at > :now
                      """)
                  .bind("writer", writer)
                  .bind("id", id)
                  .bind("now", now.toEpochMilli())
                  .execute();
          return taken == 1 ? find(tx, id) : Optional.empty();
        });
  }

  /// What came and is on the ring.
  ///
  /// @param pieces in order
  /// @param head see [ResumableUpload]
  record Received(List<Piece> pieces, String digest, byte[] head, Optional<Container> container) {}

  /// Acknowledges bytes.
  ///
  /// @return false when somebody else writes now, or it was given up
  /// @throws dev.tritontube.web.catalog.OverQuotaException when they are more than were claimed,
  ///   and its owner may not have so much
  boolean acknowledge(ResumableUpload upload, String writer, Received more, Instant expires) {
    long start = more.pieces().getFirst().start();
    return jdbi.inTransaction(
        tx -> {
          if (!UploadStore.alive(tx, upload.asset(), expires)) {
            return false;
          }
          uploads.hold(tx, upload.asset(), more.pieces().getLast().end());
          int updated =
              tx.createUpdate(
                      """
                      update resumable_uploads set received = :end, digest = :digest, head = :head,
                        container = :container, expires_at = :expires
                      where id = :id and writer = :writer and state = 'OPEN' and received = :start
                      """)
                  .bind("id", upload.id())
                  .bind("writer", writer)
                  .bind("start", start)
                  .bind("end", more.pieces().getLast().end())
                  .bind("digest", more.digest())
                  .bind("head", Base64.getEncoder().encodeToString(more.head()))
                  .bind("container", more.container().map(Container::name).orElse(null))
                  .bind("expires", expires.toEpochMilli())
                  .execute();
          if (updated == 1) {
            more.pieces().forEach(piece -> PieceStore.add(tx, upload.asset(), piece));
          }
          return updated == 1;
        });
  }

  /// Sets the length of an upload of which it was to be told later, and claims room for it.
  ///
  /// @return false when it is told already
  /// @throws dev.tritontube.web.catalog.OverQuotaException when its owner may not have so much
  boolean tell(ResumableUpload upload, long length) {
    return jdbi.inTransaction(
        tx -> {
          boolean told =
              tx.createUpdate(
                          """
                          update resumable_uploads set length = :length
                          where id = :id and state = 'OPEN' and length is null
                          """)
                      .bind("length", length)
                      .bind("id", upload.id())
                      .execute()
                  == 1;
          return told && uploads.hold(tx, upload.asset(), length);
        });
  }

  /// A video was made of it.
  void done(Handle tx, String id, VideoId video) {
    tx.createUpdate("update resumable_uploads set state = 'DONE', video_id = :video where id = :id")
        .bind("id", id)
        .bind("video", video.value())
        .execute();
  }

  /// Gives it up; its blobs are deleted soon.
  ///
  /// @return false when it was not open
  boolean giveUp(ResumableUpload upload, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          boolean open = gone(tx, upload.id());
          if (open) {
            uploads.abandon(tx, upload.asset(), now);
          }
          return open;
        });
  }

  /// Says that one is given up.
  ///
  /// @return false when it was not open
  static boolean gone(Handle tx, String id) {
    return tx.createUpdate(
                "update resumable_uploads set state = 'GONE' where id = :id and state = 'OPEN'")
            .bind("id", id)
            .execute()
        == 1;
  }

  /// Begins anew with another asset; what there was is deleted soon.
  ///
  /// @return false when it is not open any more, or somebody else writes
  boolean restart(ResumableUpload upload, String writer, AssetId asset, Instant now) {
    return jdbi.inTransaction(
        tx -> {
          int restarted =
              tx.createUpdate(
                      """
                      update resumable_uploads set asset_id = :asset, received = 0, digest = null,
                        head = null, container = null
                      where id = :id and writer = :writer and state = 'OPEN'
                      """)
                  .bind("asset", asset.value())
                  .bind("id", upload.id())
                  .bind("writer", writer)
                  .execute();
          if (restarted == 1) {
            uploads.abandon(tx, upload.asset(), now);
            begin(tx, upload, asset);
          }
          return restarted == 1;
        });
  }

  /// Some that have all come, and of which no video was made by the one who wrote last.
  ///
  /// @param before when they would have expired, had something come just now
  List<ResumableUpload> whole(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from resumable_uploads
                    where state = 'OPEN' and kind = 'WHOLE' and received = length
                      and expires_at < :before
                    limit 100
                    """)
                .bind("before", before.toEpochMilli())
                .map((row, _) -> upload(row))
                .list());
  }

  /// Forgets those that ended long ago.
  void forget(Instant before) {
    jdbi.useTransaction(
        tx ->
            tx.createUpdate("delete from resumable_uploads where expires_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static ResumableUpload upload(ResultSet row) throws SQLException {
    long length = row.getLong("length");
    OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(length);
    String head = row.getString("head");
    return new ResumableUpload(
        row.getString("id"),
        new AssetId(row.getString("asset_id")),
        new Owner(row.getString("owner")),
        Kind.valueOf(row.getString("kind")),
        State.valueOf(row.getString("state")),
        known,
        row.getLong("received"),
        SavedDigest.of(row.getString("digest")),
        head == null ? new byte[0] : Base64.getDecoder().decode(head),
        Optional.ofNullable(row.getString("container")).map(Container::valueOf),
        row.getString("metadata"),
        Optional.ofNullable(row.getString("video_id")).map(VideoId::new),
        Instant.ofEpochMilli(row.getLong("expires_at")));
  }
}
