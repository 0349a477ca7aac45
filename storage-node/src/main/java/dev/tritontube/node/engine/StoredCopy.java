package dev.tritontube.node.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the stored copy of a key compares with bytes that are put under the same key.
enum StoredCopy {
  SAME,
  DIFFERENT,
  /// It may have been the same once, but what the disk holds is not.
  BROKEN;

  /// Byte by byte where the copy is on disk; by checksums where it is still on its way there.
  static StoredCopy compare(Catalogue catalogue, Found found, Payload payload) throws IOException {
    @Nullable RecordHead head = found.head();
    if (head == null) {
      return BROKEN;
    }
    boolean alike =
        head.payloadBytes() == payload.length()
            && head.payloadChecksum() == payload.crc32c()
            && head.tableChecksum() == RecordFormat.tableChecksum(payload.blockChecksums());
    if (!alike) {
      return DIFFERENT;
    }
    if (found.isCorrupt()) {
      return BROKEN;
    }
    Optional<Volume> volume = catalogue.volumes().acquire(Location.volume(found.location()));
    if (volume.isEmpty() || head.offset() >= volume.get().dataEnd()) {
      volume.ifPresent(Volume::release);
      return SAME;
    }
    try {
      return compareBytes(volume.get(), head, payload);
    } catch (CorruptBlobException e) {
      return BROKEN;
    } finally {
      volume.get().release();
    }
  }

  private static StoredCopy compareBytes(Volume volume, RecordHead head, Payload payload)
      throws IOException {
    int[] stored = volume.blockChecksums(head);
    ByteBuffer read = ByteBuffer.allocateDirect(Payload.BLOCK_BYTES);
    int block = 0;
    for (ByteBuffer buffer : payload.buffers()) {
      while (buffer.hasRemaining()) {
        int count = Math.min(Payload.BLOCK_BYTES, buffer.remaining());
        volume.read(
            read.clear().limit(count), head.payloadOffset() + (long) block * Payload.BLOCK_BYTES);
        if (RecordFormat.checksum(read.flip()) != stored[block]) {
          return BROKEN;
        }
        if (!read.equals(buffer.slice(buffer.position(), count))) {
          return DIFFERENT;
        }
        buffer.position(buffer.position() + count);
        block++;
      }
    }
    return SAME;
  }
}
