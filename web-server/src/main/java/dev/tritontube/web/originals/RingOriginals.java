package dev.tritontube.web.originals;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.AssetStore;
import dev.tritontube.web.catalog.Piece;
import dev.tritontube.web.catalog.PieceStore;
import dev.tritontube.web.packaging.Original;
import dev.tritontube.web.packaging.Originals;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Originals as they are on the ring. Thread-safe.
public final class RingOriginals implements Originals {
  private final Blobs blobs;
  private final AssetStore assets;
  private final Cutting cutting;

  public RingOriginals(Blobs blobs, AssetStore assets, PieceStore pieces) {
    this.blobs = blobs;
    this.assets = assets;
    this.cutting = new Cutting(pieces);
  }

  @Override
  public Optional<Original> find(AssetId id) {
    return assets.find(id).map(this::of);
  }

  /// Also of what is no asset in the catalog, but has its blobs.
  public Original of(Asset asset) {
    return new RingOriginal(this, asset);
  }

  /// Reads `length` bytes of an original, from `offset` on, a few hundred KiB at a time.
  public void read(Asset asset, long offset, long length, ByteSink sink) throws IOException {
    long at = offset;
    long end = offset + length;
    while (at < end) {
      Piece piece = cutting.at(asset, at);
      long count = Math.min(end, piece.end()) - at;
      BlobKey key = Chunks.key(asset.id(), piece.number());
      try (BlobStream chunk = blobs.open(key, at - piece.start(), count)) {
        for (ByteBuffer data = chunk.next(); data != null; data = chunk.next()) {
          sink.accept(data);
        }
      }
      at += count;
    }
  }

  private record RingOriginal(RingOriginals originals, Asset asset) implements Original {
    @Override
    public long size() {
      return asset.sizeBytes();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
      if (offset + target.remaining() > size()) {
        throw new EOFException("the original ends before " + (offset + target.remaining()));
      }
      originals.read(asset, offset, target.remaining(), target::put);
    }

    @Override
    public InputStream open(long offset) {
      return new ChunkInputStream(originals.blobs, originals.cutting, asset, offset);
    }
  }
}
