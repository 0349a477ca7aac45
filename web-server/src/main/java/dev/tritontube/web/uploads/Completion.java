package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.Sha256;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.UploadStore.AssetUsed;
import dev.tritontube.web.catalog.UploadStore.Finished;
import dev.tritontube.web.catalog.UploadToken;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.catalog.VideoId;
import dev.tritontube.web.packaging.Container;
import dev.tritontube.web.packaging.Profiles;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes a video of an original that is whole on the ring, however it came. Thread-safe.
public final class Completion {
  private final UploadStore store;
  private final AssetUsed packaging;
  private final Uploads.Environment environment;

  public Completion(UploadStore store, AssetUsed packaging, Uploads.Environment environment) {
    this.store = store;
    this.packaging = packaging;
    this.environment = environment;
  }

  /// What is on the ring.
  ///
  /// @param chunks how many numbers its blobs may have
  /// @param even whether it is cut evenly
  public record Bytes(
      Sha256 sha256, long sizeBytes, Container container, long chunks, boolean even) {}

  /// An original, and whose it is to be.
  public record Whole(AssetId asset, Owner owner, Bytes bytes) {}

  /// @param token by which its client follows it; null when it does not
  /// @return empty when the upload was given up meanwhile
  Optional<Video> complete(Whole whole, FormFields fields, @Nullable UploadToken token) {
    Video video = video(whole, fields);
    return store.finish(finished(whole, video, fields, token), packaging, video.createdAt());
  }

  /// @param also what else happens in the transaction, once the video is there
  /// @return empty when the upload was given up meanwhile
  public Optional<Video> complete(Whole whole, FormFields fields, UploadStore.VideoMade also) {
    Video video = video(whole, fields);
    Finished upload = finished(whole, video, fields, null);
    return store.finish(upload, used(video, also), video.createdAt());
  }

  /// The same of an upload that was put together of parts, which are given up in the transaction.
  public Optional<Video> join(Whole whole, FormFields fields, UploadStore.Joining joining) {
    Video video = video(whole, fields);
    return store.join(finished(whole, video, fields, null), joining, packaging, video.createdAt());
  }

  private AssetUsed used(Video video, UploadStore.VideoMade also) {
    return (tx, asset) -> {
      packaging.in(tx, asset);
      also.in(tx, video.id());
    };
  }

  private Video video(Whole whole, FormFields fields) {
    Instant now = environment.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    return new Video(
        VideoId.random(environment.random()),
        whole.owner(),
        whole.asset(),
        fields.details(),
        fields.fileName().value(),
        now,
        now);
  }

  private static Finished finished(
      Whole whole, Video video, FormFields fields, @Nullable UploadToken token) {
    Bytes bytes = whole.bytes();
    Asset asset =
        new Asset(
            whole.asset(),
            whole.owner(),
            bytes.sha256(),
            Profiles.making(fields.profile()),
            bytes.sizeBytes(),
            bytes.container().label(),
            bytes.even() ? OptionalLong.empty() : OptionalLong.of(bytes.chunks()),
            video.createdAt());
    return new Finished(asset, video, bytes.chunks(), token);
  }
}
