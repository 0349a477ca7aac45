package dev.tritontube.web.backups;

import com.google.common.hash.Hashing;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.VideoId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What a catalog that was just filled has, as part of the transaction that fills it. Takes eight
/// bytes of memory for an asset.
final class AftermathStore {
  private final Handle transaction;
  private final long[] assets;
  private final Set<String> uploads;
  private final Set<String> frames;
  private final Set<String> openFrames;

  AftermathStore(Handle transaction) {
    this.transaction = transaction;
    try (Stream<String> ids =
        transaction
            .createQuery("select id from assets")
            .setFetchSize(1000)
            .mapTo(String.class)
            .stream()) {
      assets = ids.mapToLong(AftermathStore::hash).sorted().toArray();
    }
    uploads =
        new HashSet<>(
            transaction.createQuery("select asset_id from uploads").mapTo(String.class).list());
    frames =
        new HashSet<>(
            transaction.createQuery("select id from frame_sets").mapTo(String.class).list());
    openFrames =
        new HashSet<>(
            transaction
                .createQuery("select id from frame_sets where state in ('QUEUED', 'RUNNING')")
                .mapTo(String.class)
                .list());
  }

  /// Two of a million are taken for the same once in 30 million times.
  private static long hash(String id) {
    return Hashing.murmur3_128().hashString(id, StandardCharsets.US_ASCII).asLong();
  }

  boolean isAsset(String id) {
    return Arrays.binarySearch(assets, hash(id)) >= 0;
  }

  boolean isUpload(String id) {
    return uploads.contains(id);
  }

  boolean isFrames(String set) {
    return frames.contains(set);
  }

  /// A blob of an archive of frames, by what its key says.
  record Piece(String set, int number, String attempt) {}

  /// Whether a blob is a part of the archive.
  boolean isPart(Piece piece) {
    return transaction
        .createQuery(
            """
            select 1 from frame_pieces
            where set_id = :set and number = :number and attempt = :attempt
            """)
        .bind("set", piece.set())
        .bind("number", piece.number())
        .bind("attempt", piece.attempt())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// Puts on record who wrote a blob of frames that are still to be made.
  void declare(Piece piece) {
    if (openFrames.contains(piece.set())) {
      transaction.execute(
          """
          insert into frame_attempts (set_id, attempt, first, reserved) values (?, ?, 0, ?)
          on conflict (set_id, attempt) do update set reserved = excluded.reserved
          where frame_attempts.reserved < excluded.reserved
          """,
          piece.set(),
          piece.attempt(),
          piece.number() + 1);
    }
  }

  /// Lets go of frames that are no archive any more.
  void giveUpFrames(String set, Instant now) {
    transaction.execute(
        "update frame_sets set state = 'DELETING', sweep_at = ? where id = ?",
        now.toEpochMilli(),
        set);
  }

  /// A blob of an encoding, by what its key says.
  ///
  /// @param number -1: the init segment; 0 of what has none
  record Stored(String revision, String representation, long number, String attempt) {}

  /// Whether a blob is of what plays, or is to.
  boolean plays(AssetId asset, Stored blob) {
    return transaction
        .createQuery(
            """
            select 1 from packaging_segments g where g.asset = :asset and g.revision = :revision
              and g.representation = :representation and g.number = :number and g.attempt = :attempt
              and (exists (select 1 from packaging p
                  where p.asset = g.asset and p.revision = g.revision)
                or exists (select 1 from packaging_shown s
                  where s.asset = g.asset and s.revision = g.revision))
            """)
        .bind("asset", asset.value())
        .bind("revision", blob.revision())
        .bind("representation", blob.representation())
        .bind("number", blob.number())
        .bind("attempt", blob.attempt())
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  /// Whether anything is on record of a poster.
  boolean hasPoster(VideoId video, String id) {
    return transaction
        .createQuery("select 1 from posters where id = :id and video = :video")
        .bind("id", id)
        .bind("video", video.value())
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  /// @param name of the poster's blob
  boolean showsPoster(VideoId video, String name) {
    return transaction
        .createQuery("select 1 from videos where id = :video and poster = :name")
        .bind("video", video.value())
        .bind("name", name)
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  /// Those that nobody deleted for good, deleted ones that can be restored among them.
  List<VideoId> videos(AssetId asset) {
    return transaction
        .createQuery("select id from videos where asset_id = :asset")
        .bind("asset", asset.value())
        .map((row, _) -> new VideoId(row.getString("id")))
        .list();
  }

  /// Ends a resumable upload: what there was of it is gone.
  void giveUpUpload(AssetId asset) {
    transaction.execute(
        "update resumable_uploads set state = 'GONE' where state = 'OPEN' and asset_id = ?",
        asset.value());
  }
}
