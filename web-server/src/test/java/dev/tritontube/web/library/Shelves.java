package dev.tritontube.web.library;

import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Claim;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.EventType;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Quota;
import dev.tritontube.web.catalog.QuotaStore;
import dev.tritontube.web.catalog.Sha256;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoDetails;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;

/// Puts videos into a catalog as uploads and packaging do.
final class Shelves {
  private final Database database;
  private final UploadStore uploads;
  private final Random random = new Random(5);

  Shelves(Database database) {
    this.database = database;
    this.uploads = new UploadStore(database, new QuotaStore(database, Quota.NONE));
  }

  /// @param name what he is called
  void user(Owner id, String name) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into users (id, username, role, state, created_at, updated_at)
                    values (?, ?, 'uploader', 'ACTIVE', 0, 0)\
                    """,
                    id.value(),
                    name));
  }

  Video add(Owner owner, VideoDetails details, long sizeBytes, Instant at) {
    AssetId id = AssetId.random(random);
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    Sha256 sha256 = new Sha256(HexFormat.of().formatHex(digest));
    Asset asset = new Asset(id, owner, sha256, "1", sizeBytes, "mp4", at);
    Video video = new Video(VideoId.random(random), owner, id, details, "a.mp4", at, at);
    uploads.begin(new UploadStore.Begun(id, Owner.ADMIN, Claim.video(0)), "test", 1, at);
    return uploads
        .finish(new UploadStore.Finished(asset, video, 1, null), (_, _) -> {}, at)
        .orElseThrow();
  }

  /// @param seconds the length; less than 0: not known
  void packaged(AssetId asset, Status status, double seconds) {
    database
        .jdbi()
        .useTransaction(
            tx -> {
              tx.execute("delete from packaging where asset = ?", asset.value());
              tx.execute(
                  """
                  insert into packaging (asset, status, stage, percent, playable, enqueued_at,
                    updated_at, duration_seconds)
                  values (?, ?, 'done', 100, true, 0, 0, ?)\
                  """,
                  asset.value(),
                  status.name(),
                  seconds < 0 ? null : seconds);
              database.events().ofAsset(tx, EventType.PROGRESS, asset, Instant.EPOCH);
            });
  }
}
