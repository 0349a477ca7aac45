package dev.tritontube.web.originals;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.catalog.AssetId;

/// How an original is cut: blobs `a/{asset}/original/{n}` of 8 MiB, numbered from 0, the last one
/// shorter. One that came in several requests has pieces of any length up to that, with numbers
/// that are on record.
public final class Chunks {
  public static final int BYTES = 8 << 20;

  private Chunks() {}

  public static BlobKey key(AssetId asset, long number) {
    return new BlobKey("a/" + asset + "/original/" + number);
  }
}
