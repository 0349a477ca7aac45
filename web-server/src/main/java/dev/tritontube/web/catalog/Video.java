package dev.tritontube.web.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a person sees and edits: words about an asset.
///
/// @param fileName what the uploaded file was called; a name for downloads only
/// @param expiresAt when it is to be deleted by itself; null: never
/// @param deletedAt when it was deleted; it can be restored until it is purged. Null: it is not
/// @param poster that its owner chose; null: that of the asset
public record Video(
    VideoId id,
    Owner owner,
    AssetId asset,
    VideoDetails details,
    String fileName,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant deletedAt,
    @Nullable OwnPoster poster) {

  public Video {
    if (fileName.isBlank() || fileName.codePointCount(0, fileName.length()) > 255) {
      throw new IllegalArgumentException("not a file name: '" + fileName + "'");
    }
  }

  /// A new one.
  public Video(
      VideoId id,
      Owner owner,
      AssetId asset,
      VideoDetails details,
      String fileName,
      Instant createdAt,
      Instant updatedAt) {
    this(id, owner, asset, details, fileName, createdAt, updatedAt, null, null, null);
  }

  public Video with(VideoDetails other) {
    return new Video(
        id, owner, asset, other, fileName, createdAt, updatedAt, expiresAt, deletedAt, poster);
  }

  /// @param expiry null: never
  public Video expiring(@Nullable Instant expiry) {
    return new Video(
        id, owner, asset, details, fileName, createdAt, updatedAt, expiry, deletedAt, poster);
  }

  Video on(AssetId other) {
    return new Video(
        id, owner, other, details, fileName, createdAt, updatedAt, expiresAt, deletedAt, poster);
  }
}
