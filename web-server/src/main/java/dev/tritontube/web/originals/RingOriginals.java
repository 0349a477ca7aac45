package dev.tritontube.web.originals;

import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.AssetStore;
import dev.tritontube.web.packaging.Original;
import dev.tritontube.web.packaging.Originals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Originals as they are on the ring. Thread-safe.
public final class RingOriginals implements Originals {
  private final Blobs blobs;
  private final AssetStore assets;

  public RingOriginals(Blobs blobs, AssetStore assets) {
    this.blobs = blobs;
    this.assets = assets;
  }

  @Override
  public Optional<Original> find(AssetId id) {
    return assets.find(id).map(asset -> new RingOriginal(blobs, asset));
  }

  /// Reads `length` bytes of an original, from `offset` on, a few hundred KiB at a time.
  public void read(AssetId asset, long offset, long length, ByteSink sink) throws IOException {
    long at = offset;
    long end = offset + length;
    while (at < end) {
      int within = (int) (at % Chunks.BYTES);
      long count = Math.min(end - at, Chunks.BYTES - within);
      try (BlobStream chunk = blobs.open(Chunks.key(asset, at / Chunks.BYTES), within, count)) {
        for (ByteBuffer data = chunk.next(); data != null; data = chunk.next()) {
          sink.accept(data);
        }
      }
      at += count;
    }
  }

  private record RingOriginal(Blobs blobs, Asset asset) implements Original {
    @Override
    public long sizeBytes() {
      return asset.sizeBytes();
    }

    @Override
    public InputStream open(long offset) {
      return new ChunkInputStream(blobs, asset, offset);
    }
  }
}
