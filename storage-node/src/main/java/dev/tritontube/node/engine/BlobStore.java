package dev.tritontube.node.engine;

import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Keeps blobs on one disk.
///
/// A blob is immutable: a key is written once, may be deleted, and is refused from then on. A call
/// that changes something returns when the change is on disk; when it throws, or the process dies
/// in it, the change is either whole or absent after the next start. Calls on one key take effect
/// one after the other. Bytes that fail their checksum are never returned.
///
/// Thread-safe. Made for virtual threads: calls block, and an interrupt neither stops a call nor
/// harms another one (the flag stays set).
public interface BlobStore extends AutoCloseable {
  /// The largest blob, in bytes.
  int MAX_BLOB_BYTES = 64 << 20;

  /// Stores a blob with its notes, both or neither. The payload stays the caller's, who closes it
  /// after the call.
  ///
  /// Where the stored copy of the same bytes is known to be corrupt it is replaced, and the outcome
  /// is `STORED`. Notes are kept with `STORED` and `ALREADY_STORED`, not with a refusal.
  ///
  /// @throws DiskFullException when less than the reserve would stay free
  /// @throws DiskFailedException when the disk failed now or before
  /// @throws StoreBusyException when the queue of the disk stays full
  PutOutcome put(PutCommand command) throws IOException;

  /// What is known of a key.
  ///
  /// @throws CorruptBlobException when its record cannot be read
  BlobState stat(BlobKey key) throws IOException;

  /// Opens a live blob; empty when the key is absent or deleted. The reader keeps working when the
  /// blob is deleted or moved meanwhile.
  ///
  /// @throws CorruptBlobException when its record cannot be read
  Optional<BlobReader> open(BlobKey key) throws IOException;

  /// Writes a tombstone with its notes, both or neither, also for a key that was never there.
  /// Allowed on a disk that refuses puts for want of room, as long as there is any.
  ///
  /// @return true when the key was live
  boolean delete(BlobKey key, long epoch, List<Note> notes) throws IOException;

  /// Drops a blob or a tombstone that this node does not own any more. Unlike a deleted one, the
  /// key may be put again.
  ///
  /// @return true when there was something to drop
  boolean forget(BlobKey key) throws IOException;

  /// Hands out what is held in a range, in the order of the unsigned key hash. Blobs that are known
  /// to be corrupt are left out, so that whoever compares lists repairs them. Not a snapshot: what
  /// changes during the call may be seen or not; what does not change is seen once.
  ///
  /// @param tombstones true to include tombstones
  void list(HashRange range, boolean tombstones, Consumer<ListedBlob> sink) throws IOException;

  /// Remembers and drops notes. Those of one key together or not at all; adding a known one and
  /// removing an unknown one are successes.
  void note(List<Note> added, List<Note> removed) throws IOException;

  /// All notes, as of now.
  Set<Note> notes();

  StoreStats stats();

  /// Where blobs are received before they are put.
  BufferPool buffers();

  /// Finishes what is queued, then closes the files.
  @Override
  void close() throws IOException;
}
