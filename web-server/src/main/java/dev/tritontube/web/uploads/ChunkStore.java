package dev.tritontube.web.uploads;

import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.originals.Chunks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/// Stores chunks of all uploads of this process, a bounded number of bytes at a time, in order of
/// arrival. A write that has begun has a few seconds: were all begun at once, disks would be as
/// busy, but each write so slow that all of them came to nothing. Thread-safe.
public final class ChunkStore {
  /// Enough to keep the disks busy.
  private static final int AT_ONCE_BYTES = 3 * Chunks.BYTES;

  private final Blobs blobs;
  private final Semaphore bytes = new Semaphore(AT_ONCE_BYTES, true);

  public ChunkStore(Blobs blobs) {
    this.blobs = blobs;
  }

  /// Returns when the chunk is durable.
  public void put(AssetId asset, long number, ByteBuffer chunk) throws IOException {
    int length = chunk.remaining();
    bytes.acquireUninterruptibly(length);
    try {
      blobs.put(Chunks.key(asset, number), chunk);
    } finally {
      bytes.release(length);
    }
  }
}
