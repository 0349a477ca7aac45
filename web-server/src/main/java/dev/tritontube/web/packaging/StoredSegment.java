package dev.tritontube.web.packaging;

import dev.tritontube.ring.BlobKey;

/// Where the bytes of a segment (or an init segment, a poster, a sheet of thumbnails) are.
///
/// @param mediaType of the bytes
public record StoredSegment(BlobKey key, long length, String mediaType) {
  public StoredSegment {
    if (length < 1) {
      throw new IllegalArgumentException("blob " + key + " has " + length + " bytes");
    }
  }

  /// What an attempt stored.
  static StoredSegment of(Attempt attempt, String representation, long number, long length) {
    return new StoredSegment(
        attempt.key(representation, number), length, mediaType(representation));
  }

  /// What is cut from an original.
  static StoredSegment of(BlobKey key, String representation, long length) {
    return new StoredSegment(key, length, mediaType(representation));
  }

  /// RFC 4337: `video/mp4` is for what has pictures.
  private static String mediaType(String representation) {
    if (representation.equals(Attempt.POSTER) || representation.equals(ThumbnailGrid.ID)) {
      return "image/jpeg";
    }
    return EncodingPlan.Audio.isId(representation) ? "audio/mp4" : "video/mp4";
  }
}
