package dev.tritontube.web.catalog;

import java.time.Instant;
import java.util.OptionalLong;

/// Immutable content: an original, and what is encoded from it elsewhere.
///
/// @param profile names what is made of the bytes: the same bytes with another profile are another
///   asset
/// @param container the kind of file that its first bytes tell
/// @param numbers how many numbers its blobs may have, of one that came in pieces of any length;
///   empty: it is cut evenly
public record Asset(
    AssetId id,
    Owner owner,
    Sha256 sha256,
    String profile,
    long sizeBytes,
    String container,
    OptionalLong numbers,
    Instant createdAt) {

  public Asset {
    if (sizeBytes < 1) {
      throw new IllegalArgumentException("asset " + id + " of " + sizeBytes + " bytes");
    }
  }

  /// One that is cut evenly.
  public Asset(
      AssetId id,
      Owner owner,
      Sha256 sha256,
      String profile,
      long sizeBytes,
      String container,
      Instant createdAt) {
    this(id, owner, sha256, profile, sizeBytes, container, OptionalLong.empty(), createdAt);
  }
}
