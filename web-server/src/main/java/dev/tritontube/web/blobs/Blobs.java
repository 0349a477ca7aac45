package dev.tritontube.web.blobs;

import dev.tritontube.ring.BlobKey;
import java.nio.ByteBuffer;

/// Immutable named bytes on the ring. Blocking; call it on virtual threads. Thread-safe.
public interface Blobs {
  /// Stores a blob of at most 64 MiB. When it returns, the bytes are synced on at least W owners
  /// (or their stand-ins), and every owner that has no copy yet is durably on record.
  ///
  /// @param data from position to limit; not changed, not kept after the return
  /// @throws BlobException UNAVAILABLE: fewer than W nodes took it within 5 s (it may exist on
  ///   some: delete it, or put the same bytes again); KEY_DELETED, DIFFERENT_BYTES: the key was
  ///   used before; STORAGE_FULL
  void put(BlobKey key, ByteBuffer data) throws BlobException;

  /// Opens a range of a blob for reading. Goes on with the next replica, at the same offset, when
  /// one breaks off.
  ///
  /// @param length bytes, or -1 for all from the offset on
  /// @throws BlobException NOT_FOUND, UNAVAILABLE, CORRUPT
  BlobStream open(BlobKey key, long offset, long length) throws BlobException;

  /// Deletes a blob on W owners at least; the key is refused for ever. Deleting what is absent is a
  /// success.
  void delete(BlobKey key) throws BlobException;

  /// True when a live copy exists on some node.
  boolean exists(BlobKey key) throws BlobException;
}
