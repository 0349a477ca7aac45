package dev.tritontube.web.originals;

import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An original from an offset to its end, one blob after the other. For one thread.
///
/// What is fetched at once begins small and doubles: a program that looks for something in a file
/// reads a little in many places, and a blob that is opened to its end sends a megabyte before it
/// hears that nobody wants it.
final class ChunkInputStream extends InputStream {
  private final Blobs blobs;
  private final Cutting cutting;
  private final Asset asset;
  private static final int FIRST_BYTES = 256 << 10;

  private @Nullable BlobStream chunk;
  private ByteBuffer data = ByteBuffer.allocate(0);

  /// Where what is fetched of the open blob ends.
  private long end;

  /// How much is fetched next.
  private long ahead = FIRST_BYTES;

  /// Where the next read is.
  private long offset;

  ChunkInputStream(Blobs blobs, Cutting cutting, Asset asset, long offset) {
    this.blobs = blobs;
    this.cutting = cutting;
    this.asset = asset;
    this.offset = Objects.checkIndex(offset, asset.sizeBytes() + 1);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (!data.hasRemaining()) {
      if (offset == asset.sizeBytes()) {
        return -1;
      }
      data = next();
    }
    int count = Math.min(length, data.remaining());
    data.get(target, from, count);
    offset += count;
    return count;
  }

  private ByteBuffer next() throws IOException {
    if (chunk == null) {
      Piece piece = cutting.at(asset, offset);
      end = Math.min(piece.end(), offset + ahead);
      ahead = Math.min(2 * ahead, Chunks.BYTES);
      chunk =
          blobs.open(Chunks.key(asset.id(), piece.number()), offset - piece.start(), end - offset);
    }
    ByteBuffer more = chunk.next();
    if (more != null) {
      return more;
    }
    chunk.close();
    chunk = null;
    if (offset != end) {
      throw new IOException("a blob of asset " + asset.id() + " ends early, at " + offset);
    }
    return ByteBuffer.allocate(0);
  }

  @Override
  public void close() {
    data = ByteBuffer.allocate(0);
    if (chunk != null) {
      chunk.close();
      chunk = null;
    }
  }
}
