package dev.tritontube.web.packaging;

import dev.tritontube.ring.BlobKey;

/// Where the bytes of a segment (or an init segment, or a poster) are.
public record StoredSegment(BlobKey key, long length) {
  public StoredSegment {
    if (length < 1) {
      throw new IllegalArgumentException("blob " + key + " has " + length + " bytes");
    }
  }
}
