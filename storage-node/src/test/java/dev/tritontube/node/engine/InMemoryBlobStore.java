package dev.tritontube.node.engine;

import dev.tritontube.ring.BlobKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A store without a disk. Keeps the contract of [BlobStore] as long as the process lives; a test
/// may let it fail and rot.
public class InMemoryBlobStore implements BlobStore {
  private sealed interface Entry {
    record Blob(byte[] bytes, int crc32c) implements Entry {}

    record Tombstone() implements Entry {}
  }

  private final BufferPool buffers = new BufferPool(2L * MAX_BLOB_BYTES, Duration.ofSeconds(10));
  // All guarded by this.
  private final Map<BlobKey, Entry> entries = new HashMap<>();
  private final Set<BlobKey> corrupt = new HashSet<>();
  private final Set<Note> notes = new HashSet<>();
  private DiskState disk = DiskState.OK;

  /// From now on the store behaves as with such a disk.
  public synchronized void disk(DiskState state) {
    disk = state;
  }

  /// Lets the stored copy of a blob rot: reading it throws from now on.
  public synchronized void corrupt(BlobKey key) {
    corrupt.add(key);
  }

  @Override
  public synchronized PutOutcome put(PutCommand command)
      throws DiskFullException, DiskFailedException {
    checkWritable();
    if (disk == DiskState.FULL) {
      throw new DiskFullException("no room for " + command.key());
    }
    Payload payload = command.payload();
    PutOutcome outcome =
        switch (entries.get(command.key())) {
          case null -> PutOutcome.STORED;
          case Entry.Tombstone _ -> PutOutcome.KEY_DELETED;
          case Entry.Blob blob when !same(blob, payload) -> PutOutcome.DIFFERENT_BYTES;
          case Entry.Blob _ when corrupt.contains(command.key()) -> PutOutcome.STORED;
          case Entry.Blob _ -> PutOutcome.ALREADY_STORED;
        };
    if (outcome == PutOutcome.STORED) {
      entries.put(command.key(), new Entry.Blob(bytes(payload), payload.crc32c()));
      corrupt.remove(command.key());
    }
    if (outcome == PutOutcome.STORED || outcome == PutOutcome.ALREADY_STORED) {
      notes.addAll(command.notes());
    }
    return outcome;
  }

  @Override
  public synchronized BlobState stat(BlobKey key) {
    return switch (entries.get(key)) {
      case null -> new BlobState.Absent();
      case Entry.Tombstone _ -> new BlobState.Deleted();
      case Entry.Blob blob -> new BlobState.Live(blob.bytes().length, blob.crc32c());
    };
  }

  @Override
  public synchronized Optional<BlobReader> open(BlobKey key) {
    return entries.get(key) instanceof Entry.Blob blob
        ? Optional.of(new Reader(key, blob))
        : Optional.empty();
  }

  @Override
  public synchronized boolean delete(BlobKey key, long epoch, List<Note> added)
      throws DiskFailedException {
    Note.allAbout(key, added);
    checkWritable();
    notes.addAll(added);
    corrupt.remove(key);
    return entries.put(key, new Entry.Tombstone()) instanceof Entry.Blob;
  }

  @Override
  public synchronized boolean forget(BlobKey key) throws DiskFailedException {
    checkWritable();
    corrupt.remove(key);
    return entries.remove(key) != null;
  }

  @Override
  public void list(HashRange range, boolean tombstones, Consumer<ListedBlob> sink) {
    snapshot(range, tombstones).forEach(sink);
  }

  @Override
  public synchronized void note(List<Note> added, List<Note> removed) throws DiskFailedException {
    checkWritable();
    notes.addAll(added);
    removed.forEach(notes::remove);
  }

  @Override
  public synchronized Set<Note> notes() {
    return Set.copyOf(notes);
  }

  @Override
  public synchronized StoreStats stats() {
    List<Entry.Blob> blobs =
        entries.values().stream()
            .filter(Entry.Blob.class::isInstance)
            .map(Entry.Blob.class::cast)
            .toList();
    long bytes = blobs.stream().mapToLong(blob -> blob.bytes().length).sum();
    return new StoreStats(
        blobs.size(),
        bytes,
        entries.size() - blobs.size(),
        notes.size(),
        bytes,
        1L << 40,
        disk,
        1,
        corrupt.size(),
        0,
        0);
  }

  @Override
  public BufferPool buffers() {
    return buffers;
  }

  @Override
  public void close() {}

  private void checkWritable() throws DiskFailedException {
    if (disk == DiskState.FAILED) {
      throw new DiskFailedException("the disk failed", null);
    }
  }

  private synchronized List<ListedBlob> snapshot(HashRange range, boolean tombstones) {
    List<ListedBlob> listed = new ArrayList<>();
    entries.forEach(
        (key, entry) -> {
          if (range.contains(key.hash64()) && !corrupt.contains(key)) {
            switch (entry) {
              case Entry.Blob blob ->
                  listed.add(new ListedBlob(key, blob.bytes().length, blob.crc32c(), false));
              case Entry.Tombstone _ when tombstones -> listed.add(new ListedBlob(key, 0, 0, true));
              case Entry.Tombstone _ -> {}
            }
          }
        });
    listed.sort((a, b) -> Long.compareUnsigned(a.key().hash64(), b.key().hash64()));
    return listed;
  }

  private synchronized boolean isCorrupt(BlobKey key) {
    return corrupt.contains(key);
  }

  private static boolean same(Entry.Blob blob, Payload payload) {
    return blob.bytes().length == payload.length() && blob.crc32c() == payload.crc32c();
  }

  private static byte[] bytes(Payload payload) {
    ByteBuffer copy = ByteBuffer.allocate(payload.length());
    payload.buffers().forEach(copy::put);
    return copy.array();
  }

  private final class Reader implements BlobReader {
    private final BlobKey key;
    private final Entry.Blob blob;

    Reader(BlobKey key, Entry.Blob blob) {
      this.key = key;
      this.blob = blob;
    }

    @Override
    public long length() {
      return blob.bytes().length;
    }

    @Override
    public int crc32c() {
      return blob.crc32c();
    }

    @Override
    public int read(long offset, ByteBuffer target) throws CorruptBlobException {
      if (isCorrupt(key)) {
        throw new CorruptBlobException("blob " + key + " is corrupt");
      }
      int count = (int) Math.min(target.remaining(), length() - offset);
      target.put(blob.bytes(), (int) offset, count);
      return count;
    }

    @Override
    public void close() {}
  }
}
