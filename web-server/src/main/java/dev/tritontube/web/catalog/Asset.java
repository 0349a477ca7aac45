package dev.tritontube.web.catalog;

import java.time.Instant;

/// Immutable content: an original, and what is encoded from it elsewhere.
///
/// @param profile names what is made of the bytes: the same bytes with another profile are another
///   asset
/// @param container the kind of file that its first bytes tell
public record Asset(
    AssetId id,
    Owner owner,
    Sha256 sha256,
    String profile,
    long sizeBytes,
    String container,
    Instant createdAt) {

  public Asset {
    if (sizeBytes < 1) {
      throw new IllegalArgumentException("asset " + id + " of " + sizeBytes + " bytes");
    }
  }
}
