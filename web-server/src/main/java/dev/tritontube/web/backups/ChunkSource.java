package dev.tritontube.web.backups;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/// Reads the chunks of a copy one after the other. What is given out was compared with its digest
/// before. For one thread.
final class ChunkSource extends InputStream {
  /// A node keeps no larger blob than this.
  private static final int MAX_BLOB = 64 << 20;

  private final Blobs blobs;
  private final BackupId backup;
  private final List<Manifest.Chunk> chunks;
  private int next;
  private ByteBuffer current = ByteBuffer.allocate(0);

  ChunkSource(Blobs blobs, BackupId backup, List<Manifest.Chunk> chunks) {
    this.blobs = blobs;
    this.backup = backup;
    this.chunks = List.copyOf(chunks);
  }

  /// A whole blob.
  static ByteBuffer whole(Blobs blobs, BlobKey key) throws IOException {
    try (BlobStream stream = blobs.open(key, 0, -1)) {
      if (stream.blobLength() > MAX_BLOB) {
        throw new IOException(key + " has " + stream.blobLength() + " bytes");
      }
      ByteBuffer all = ByteBuffer.allocate((int) stream.blobLength());
      for (ByteBuffer part = stream.next(); part != null; part = stream.next()) {
        all.put(part);
      }
      return all.flip();
    }
  }

  private boolean ready() throws IOException {
    while (!current.hasRemaining() && next < chunks.size()) {
      Manifest.Chunk chunk = chunks.get(next);
      ByteBuffer read = whole(blobs, backup.chunk(next));
      if (read.remaining() != chunk.bytes() || !ChunkSink.sha256(read).equals(chunk.sha256())) {
        throw new IOException(backup.chunk(next) + " is not what its manifest says");
      }
      current = read;
      next++;
    }
    return current.hasRemaining();
  }

  @Override
  public int read() throws IOException {
    return ready() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!ready()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(bytes, offset, count);
    return count;
  }
}
