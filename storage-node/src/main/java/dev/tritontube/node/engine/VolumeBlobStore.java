package dev.tritontube.node.engine;

import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/// Keeps blobs in append-only volumes on a disk.
///
/// Changes go to the one writer, reads go through the index to the volumes, space comes back by
/// compaction. `docs/decisions/0003-storage-engine.md` says why it is made this way.
public final class VolumeBlobStore implements BlobStore {
  private static final int LIST_BATCH = 256;

  private final Catalogue catalogue;
  private final BufferPool buffers;
  private final IoThreads readers;
  private final DiskWriter writer;
  private final Compactor compactor;

  /// Opens the store in a data folder: repairs what a crash left, then is ready. The folder stays
  /// the caller's, who closes it after the store.
  ///
  /// @throws UnusableFolderException when it holds volumes of another node or a newer format
  public static VolumeBlobStore open(DataFolder folder, StoreOptions options) throws IOException {
    return open(folder, options, BlobKey::hash64, new SecureRandom());
  }

  static VolumeBlobStore open(
      DataFolder folder,
      StoreOptions options,
      ToLongFunction<BlobKey> hashing,
      RandomGenerator random)
      throws IOException {
    Catalogue catalogue = new StoreLoader(folder.disk(), folder.identity().node(), hashing).load();
    Capacity capacity = new Capacity(folder.disk(), catalogue.volumes(), options.capacityBytes());
    return new VolumeBlobStore(folder, options.fittedTo(capacity.totalBytes()), catalogue, random);
  }

  private VolumeBlobStore(
      DataFolder folder, StoreOptions options, Catalogue catalogue, RandomGenerator random) {
    this.catalogue = catalogue;
    this.buffers = new BufferPool(options.bufferBytes(), options.maxWait());
    this.readers = new IoThreads(options.ioThreads(), options.maxWait());
    this.writer =
        new DiskWriter(folder.disk(), folder.identity().node(), options, catalogue, random);
    this.compactor = new Compactor(catalogue, writer, buffers, options);
    writer.start(compactor::wake);
  }

  @Override
  public PutOutcome put(PutCommand command) throws IOException {
    return writer.submit(
        new Change<>(
            bytes(command.key(), command.notes(), command.payload().length()),
            false,
            group -> group.put(command)));
  }

  @Override
  public BlobState stat(BlobKey key) throws IOException {
    Found found = readers.call(() -> catalogue.find(key));
    if (found.isAbsent()) {
      return new BlobState.Absent();
    }
    if (found.isTombstone()) {
      return new BlobState.Deleted();
    }
    RecordHead head = found.legibleHead(key);
    return new BlobState.Live(head.payloadBytes(), head.payloadChecksum());
  }

  @Override
  public Optional<BlobReader> open(BlobKey key) throws IOException {
    return readers.call(() -> openNow(key));
  }

  @Override
  public boolean delete(BlobKey key, long epoch, List<Note> notes) throws IOException {
    List<Note> about = Note.allAbout(key, notes);
    return writer.submit(
        new Change<>(bytes(key, about, 0), true, group -> group.delete(key, epoch, about)));
  }

  @Override
  public boolean forget(BlobKey key) throws IOException {
    return writer.submit(new Change<>(bytes(key, List.of(), 0), true, group -> group.forget(key)));
  }

  @Override
  public void list(HashRange range, boolean tombstones, Consumer<ListedBlob> sink)
      throws IOException {
    long from = range.first();
    while (true) {
      long start = from;
      long[] hashes = readers.call(() -> catalogue.index().hashes(start, range.last(), LIST_BATCH));
      readers.call(() -> listNow(hashes, tombstones)).forEach(sink);
      if (hashes.length < LIST_BATCH || hashes[hashes.length - 1] == range.last()) {
        return;
      }
      from = hashes[hashes.length - 1] + 1;
    }
  }

  @Override
  public void note(List<Note> added, List<Note> removed) throws IOException {
    Map<BlobKey, NoteLists> byKey = new LinkedHashMap<>();
    added.forEach(note -> byKey.computeIfAbsent(note.key(), NoteLists::new).added.add(note));
    removed.forEach(note -> byKey.computeIfAbsent(note.key(), NoteLists::new).removed.add(note));
    writer.submitAll(byKey.values().stream().map(NoteLists::change).toList());
  }

  @Override
  public Set<Note> notes() {
    return catalogue.notes().all();
  }

  @Override
  public StoreStats stats() {
    return new StoreStats(
        catalogue.blobs(),
        catalogue.blobBytes(),
        catalogue.tombstones(),
        catalogue.notes().size(),
        writer.capacity().usedBytes(),
        writer.capacity().totalBytes(),
        writer.state(),
        catalogue.volumes().size(),
        catalogue.quarantined(),
        writer.syncs(),
        compactor.reclaimedBytes());
  }

  @Override
  public BufferPool buffers() {
    return buffers;
  }

  /// Empties every volume that holds anything that is not needed any more.
  ///
  /// @return how many volumes went
  public int compactNow() throws IOException {
    return compactor.compactNow();
  }

  /// Memory of the index outside the heap.
  public long indexBytes() {
    return catalogue.index().bytes();
  }

  @Override
  public void close() {
    compactor.close();
    writer.close();
    readers.close();
    catalogue.volumes().closeAll();
    catalogue.index().close();
  }

  private Optional<BlobReader> openNow(BlobKey key) throws IOException {
    while (true) {
      Found found = catalogue.find(key);
      if (!found.isLive()) {
        return Optional.empty();
      }
      RecordHead head = found.legibleHead(key);
      Optional<Volume> volume = catalogue.volumes().acquire(Location.volume(found.location()));
      if (volume.isPresent()) {
        return Optional.of(reader(found, head, volume.get()));
      }
    }
  }

  private BlobReader reader(Found found, RecordHead head, Volume volume) throws IOException {
    try {
      BlobBlocks blocks = BlobBlocks.of(volume, head);
      return new VolumeBlobReader(catalogue, readers, found, volume, blocks);
    } catch (CorruptBlobException e) {
      catalogue.markCorrupt(found.hash(), found.location());
      volume.release();
      throw e;
    } catch (IOException e) {
      volume.release();
      throw e;
    }
  }

  private List<ListedBlob> listNow(long[] hashes, boolean tombstones) throws IOException {
    List<ListedBlob> listed = new ArrayList<>();
    for (long hash : hashes) {
      for (RecordHead head : catalogue.legible(hash)) {
        if (head.type() == RecordType.BLOB) {
          listed.add(
              new ListedBlob(head.key(), head.payloadBytes(), head.payloadChecksum(), false));
        } else if (tombstones) {
          listed.add(new ListedBlob(head.key(), 0, 0, true));
        }
      }
    }
    return listed;
  }

  private static long bytes(BlobKey key, List<Note> notes, int payloadBytes) {
    return RecordFormat.recordBytes(RecordFormat.keyBytes(key), notes.size(), payloadBytes);
  }

  /// Changes of notes about one key.
  private record NoteLists(BlobKey key, List<Note> added, List<Note> removed) {
    NoteLists(BlobKey key) {
      this(key, new ArrayList<>(), new ArrayList<>());
    }

    Change<Boolean> change() {
      List<Note> all = new ArrayList<>(added);
      all.addAll(removed);
      return new Change<>(
          bytes(key, Note.allAbout(key, all), 0), true, group -> group.note(key, added, removed));
    }
  }
}
