package dev.tritontube.web.backups;

import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.originals.Chunks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Cuts what is written into blobs of at most 8 MiB, one of which is in memory. For one thread.
final class ChunkSink extends OutputStream {
  private final Blobs blobs;
  private final BackupId backup;
  private final Intent intent;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Chunks.BYTES);
  private final List<Manifest.Chunk> chunks = new ArrayList<>();

  /// Puts on record that there may be so many chunks.
  interface Intent {
    void declare(int chunks) throws IOException;
  }

  ChunkSink(Blobs blobs, BackupId backup, Intent intent) {
    this.blobs = blobs;
    this.backup = backup;
    this.intent = intent;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, buffer.remaining());
      buffer.put(bytes, at, count);
      at += count;
      left -= count;
      if (!buffer.hasRemaining()) {
        store();
      }
    }
  }

  private void store() throws IOException {
    buffer.flip();
    int number = chunks.size();
    intent.declare(number + 1);
    chunks.add(new Manifest.Chunk(buffer.remaining(), sha256(buffer)));
    blobs.put(backup.chunk(number), buffer);
    buffer.clear();
  }

  /// Stores what is left.
  @Override
  public void close() throws IOException {
    if (buffer.position() > 0) {
      store();
    }
  }

  /// What was stored.
  List<Manifest.Chunk> chunks() {
    return List.copyOf(chunks);
  }

  static String sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
