package dev.tritontube.web.blobs;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/// A whole blob in direct memory, freed when it left the cache and the last reader let go of it.
/// `BlobCache` guards the counts by its lock.
final class CachedBlob {
  private final Arena arena;
  private final ByteBuffer bytes;
  private int readers;
  private boolean dropped;

  private CachedBlob(Arena arena, ByteBuffer bytes) {
    this.arena = arena;
    this.bytes = bytes;
  }

  /// Reads a stream to its end.
  static CachedBlob read(BlobStream stream) throws BlobException {
    Arena arena = Arena.ofShared();
    boolean filled = false;
    try {
      ByteBuffer bytes = arena.allocate(Math.max(1, stream.blobLength())).asByteBuffer();
      bytes.limit((int) stream.blobLength());
      for (ByteBuffer chunk = stream.next(); chunk != null; chunk = stream.next()) {
        bytes.put(chunk);
      }
      filled = true;
      return new CachedBlob(arena, bytes.flip().asReadOnlyBuffer());
    } finally {
      if (!filled) {
        arena.close();
      }
    }
  }

  int length() {
    return bytes.limit();
  }

  /// @return not to be used after the reader was released
  ByteBuffer slice(int offset, int length) {
    return bytes.slice(offset, length);
  }

  void addReader() {
    readers++;
  }

  /// @return true when the memory is to be freed now
  boolean removeReader() {
    readers--;
    return dropped && readers == 0;
  }

  boolean hasReaders() {
    return readers > 0;
  }

  /// The cache has it no more.
  ///
  /// @return true when the memory is to be freed now
  boolean drop() {
    dropped = true;
    return readers == 0;
  }

  void free() {
    arena.close();
  }
}
