package dev.tritontube.web.catalog;

import java.time.Instant;

/// What a person sees and edits: words about an asset.
///
/// @param fileName what the uploaded file was called; a name for downloads only
public record Video(
    VideoId id,
    Owner owner,
    AssetId asset,
    VideoDetails details,
    String fileName,
    Instant createdAt,
    Instant updatedAt) {

  public Video {
    if (fileName.isBlank() || fileName.codePointCount(0, fileName.length()) > 255) {
      throw new IllegalArgumentException("not a file name: '" + fileName + "'");
    }
  }

  Video with(VideoDetails other) {
    return new Video(id, owner, asset, other, fileName, createdAt, updatedAt);
  }

  Video on(AssetId other) {
    return new Video(id, owner, other, details, fileName, createdAt, updatedAt);
  }
}
