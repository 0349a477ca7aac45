package dev.tritontube.web.uploads;

import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.UploadStore.AssetUsed;
import dev.tritontube.web.catalog.UploadStore.Finished;
import dev.tritontube.web.catalog.UploadToken;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.uploads.Reception.Received;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Receives originals: intent, chunks on the ring, then video, asset and job in one transaction.
/// Thread-safe.
public final class Uploads {
  /// Names what is made of an original; goes up when that changes so much that a new upload should
  /// not share the old one.
  private static final String PROFILE = "1";

  private final UploadStore store;
  private final AssetUsed packaging;
  private final ChunkStore chunks;
  private final ChunkBuffers buffers;
  private final Environment environment;

  /// @param instance names this process among all that share the catalog
  public record Environment(
      String instance, long maxBytes, RandomGenerator random, InstantSource clock) {}

  public Uploads(
      UploadStore store,
      AssetUsed packaging,
      Blobs blobs,
      ChunkBuffers buffers,
      Environment environment) {
    this.store = store;
    this.packaging = packaging;
    this.chunks = new ChunkStore(blobs);
    this.buffers = buffers;
    this.environment = environment;
  }

  long maxBytes() {
    return environment.maxBytes();
  }

  /// Receives one original. When it returns, every byte is durable and the video is in the catalog;
  /// when it throws, what was written is queued for deletion.
  ///
  /// @param owner whose it is to be
  /// @param token by which its client follows it; null when it does not
  Video receive(UploadBody body, Owner owner, @Nullable UploadToken token) throws IOException {
    AssetId asset = AssetId.random(environment.random());
    Intent intent = new Intent(store, asset, environment.instance(), environment.clock());
    Reception reception = new Reception(asset, environment.maxBytes(), intent, chunks, buffers);
    boolean kept = false;
    try {
      FormFields fields = body.readInto(reception);
      Received received = reception.finish();
      Video video = finish(new Target(asset, owner, token), fields, received);
      kept = true;
      return video;
    } finally {
      reception.close();
      if (!kept) {
        intent.abandon(reception.chunksSent());
      }
    }
  }

  private record Target(AssetId asset, Owner owner, @Nullable UploadToken token) {}

  private Video finish(Target target, FormFields fields, Received received) {
    Instant now = environment.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    Asset asset =
        new Asset(
            target.asset(),
            target.owner(),
            received.sha256(),
            PROFILE,
            received.sizeBytes(),
            received.container().label(),
            now);
    Video video =
        new Video(
            VideoId.random(environment.random()),
            target.owner(),
            target.asset(),
            fields.details(),
            fields.fileName().value(),
            now,
            now);
    return store
        .finish(new Finished(asset, video, received.chunks(), target.token()), packaging, now)
        .orElseThrow(Intent::lost);
  }
}
