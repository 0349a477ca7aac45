package dev.tritontube.node.engine;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.tritontube.node.engine.VolumeFormat.Entry;
import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wins back the space of what was deleted, forgotten or written twice.
///
/// A sealed volume of which little is still needed, or one of many small ones, is emptied: the
/// writer appends copies of what is needed to the volume that it is writing, then a RETIRE record,
/// and only when that is durable is the file deleted. A crash before leaves the old volume in force
/// with harmless copies, a crash after leaves a file that the next start deletes. Readers that hold
/// the old volume finish.
///
/// What is needed: the newest blob or tombstone of each key (tombstones are never collected here),
/// the notes that are held, and, while there is any older volume that may hold what they cancel,
/// FORGET records of keys that are absent and removals of notes that are not held. A volume with a
/// broken record stays until that is repaired.
final class Compactor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Compactor.class);
  private static final double WORTHWHILE_BELOW = 0.5;
  private static final int MAX_SMALL_VOLUMES = 16;
  private static final int SMALL_DIVISOR = 16;
  private static final long BATCH_BYTES = 8L << 20;
  private static final int BATCH_RECORDS = 256;

  private final Catalogue catalogue;
  private final DiskWriter writer;
  private final BufferPool buffers;
  private final long volumeBytes;
  private final long bytesPerSecond;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicLong reclaimed = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("compactor").factory());

  Compactor(Catalogue catalogue, DiskWriter writer, BufferPool buffers, StoreOptions options) {
    this.catalogue = catalogue;
    this.writer = writer;
    this.buffers = buffers;
    this.volumeBytes = options.volumeBytes();
    this.bytesPerSecond = options.compactionBytesPerSecond();
  }

  /// Looks for work in the background. Cheap when there is none.
  void wake() {
    boolean work =
        closing.getCount() > 0 && next(WORTHWHILE_BELOW, catalogue.volumes().all()).isPresent();
    if (work && scheduled.compareAndSet(false, true)) {
      try {
        thread.execute(this::runScheduled);
      } catch (RejectedExecutionException e) {
        log.debug("The store is closing: no compaction any more");
      }
    }
  }

  /// Empties every volume that is sealed now and holds anything that is not needed, however little.
  ///
  /// @return how many volumes went
  int compactNow() throws IOException {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            result.complete(compactAll(Double.MAX_VALUE));
          } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.join();
    } catch (CompletionException e) {
      throw new IOException("compaction failed", e.getCause());
    }
  }

  long reclaimedBytes() {
    return reclaimed.get();
  }

  @Override
  public void close() {
    closing.countDown();
    thread.shutdown();
    Uninterruptibles.awaitTerminationUninterruptibly(thread);
  }

  private void runScheduled() {
    scheduled.set(false);
    try {
      compactAll(WORTHWHILE_BELOW);
    } catch (IOException | RuntimeException e) {
      log.warn("Compaction stopped and goes on after the next write: {}", e.toString());
    }
  }

  private int compactAll(double worthwhileBelow) throws IOException {
    Set<Volume> candidates = new HashSet<>(catalogue.volumes().all());
    int retired = 0;
    for (Optional<Volume> next = next(worthwhileBelow, candidates);
        next.isPresent() && closing.getCount() > 0;
        next = next(worthwhileBelow, candidates)) {
      candidates.remove(next.get());
      retired += compact(next.get()) ? 1 : 0;
    }
    return retired;
  }

  /// The volume that gives back most for what has to be copied.
  private Optional<Volume> next(double worthwhileBelow, Collection<Volume> candidates) {
    boolean manySmall = candidates.stream().filter(this::isSmall).count() > MAX_SMALL_VOLUMES;
    return candidates.stream()
        .filter(volume -> volume.isSealed() && volume.quarantined() == 0)
        .filter(volume -> isWorthwhile(volume, worthwhileBelow) || (manySmall && isSmall(volume)))
        .min(Comparator.comparingDouble(this::neededShare));
  }

  private boolean isWorthwhile(Volume volume, double below) {
    return neededBytes(volume) < recordBytes(volume) && neededShare(volume) < below;
  }

  /// What a short life of the process left: each start begins a new volume.
  private boolean isSmall(Volume volume) {
    return volume.isSealed() && volume.dataEnd() < volumeBytes / SMALL_DIVISOR;
  }

  private double neededShare(Volume volume) {
    return (double) neededBytes(volume) / recordBytes(volume);
  }

  private long neededBytes(Volume volume) {
    boolean lowest = catalogue.volumes().isLowest(volume);
    long kept = lowest ? catalogue.notes().bytesIn(volume.number()) : volume.keptBytes();
    return volume.liveBytes() + kept;
  }

  private static long recordBytes(Volume volume) {
    return volume.dataEnd() - VolumeFormat.HEADER_BYTES;
  }

  /// False when the volume has to stay.
  private boolean compact(Volume volume) throws IOException {
    if (!volume.acquire()) {
      return false;
    }
    try {
      long before = volume.fileBytes();
      boolean emptied = copyRecords(volume) && copyNotes(volume);
      if (!emptied || !retire(volume)) {
        return false;
      }
      reclaimed.addAndGet(before);
      return true;
    } catch (CorruptBlobException e) {
      log.warn("{} is not compacted: {}", volume.id().fileName(), e.getMessage());
      return false;
    } finally {
      volume.release();
    }
  }

  private boolean retire(Volume volume) throws IOException {
    BlobKey name = new BlobKey(volume.id().fileName());
    return writer.submit(
        new Change<>(
            RecordFormat.recordBytes(RecordFormat.keyBytes(name), 0, 0),
            true,
            group -> group.retire(volume)));
  }

  private boolean copyRecords(Volume volume) throws IOException {
    boolean lowest = catalogue.volumes().isLowest(volume);
    Optional<List<Entry>> footer = volume.footer();
    List<Entry> entries =
        footer.isPresent() ? footer.get() : VolumeScan.ofSealed(volume, volume.dataEnd()).entries();
    try (Batch batch = new Batch()) {
      for (Entry entry : entries) {
        if (closing.getCount() == 0) {
          return false;
        }
        copy(volume, entry, lowest, batch);
      }
      batch.submit();
    }
    return true;
  }

  private void copy(Volume volume, Entry entry, boolean lowest, Batch batch) throws IOException {
    switch (entry.type()) {
      case BLOB, TOMBSTONE -> copyIfNewest(volume, entry, batch);
      case FORGET -> {
        if (!lowest) {
          BlobKey key = volume.head(entry.offset()).key();
          batch.add(entry.recordBytes(), group -> group.forgetAgain(key));
        }
      }
      case NOTES -> {
        if (!lowest) {
          copyRemovals(volume.head(entry.offset()), batch);
        }
      }
      case RETIRE -> {
        // The file that it names is gone.
      }
    }
  }

  private void copyIfNewest(Volume volume, Entry entry, Batch batch) throws IOException {
    long location = Location.of(volume.number(), entry.offset(), 0);
    for (long current : catalogue.index().find(entry.hash())) {
      if (Location.samePlace(current, location)) {
        try {
          batch.relocate(volume, location);
        } catch (CorruptBlobException e) {
          catalogue.markCorrupt(entry.hash(), location);
          throw e;
        }
      }
    }
  }

  private void copyRemovals(RecordHead head, Batch batch) throws IOException {
    List<Note> removed =
        head.notes().stream().filter(NoteChange::removed).map(NoteChange::note).toList();
    if (!removed.isEmpty()) {
      batch.add(head.recordBytes(), group -> group.noteAgain(head.key(), removed));
    }
  }

  private boolean copyNotes(Volume volume) throws IOException {
    Map<BlobKey, List<Note>> notes =
        catalogue.notes().in(volume.number()).stream().collect(Collectors.groupingBy(Note::key));
    try (Batch batch = new Batch()) {
      for (Map.Entry<BlobKey, List<Note>> entry : notes.entrySet()) {
        int keyBytes = RecordFormat.keyBytes(entry.getKey());
        batch.add(
            RecordFormat.recordBytes(keyBytes, entry.getValue().size(), 0),
            group -> group.noteAgain(entry.getKey(), entry.getValue()));
      }
      batch.submit();
    }
    return closing.getCount() > 0;
  }

  /// Copies that share syncs, with their payloads in memory.
  private final class Batch implements AutoCloseable {
    private final List<Change<Boolean>> changes = new ArrayList<>();
    private final List<Payload> payloads = new ArrayList<>();
    private long bytes;

    void add(long recordBytes, Change.Staging<Boolean> staging) throws IOException {
      changes.add(new Change<>(recordBytes, true, staging));
      bytes += recordBytes;
      if (bytes >= BATCH_BYTES || changes.size() >= BATCH_RECORDS) {
        submit();
      }
    }

    void relocate(Volume volume, long location) throws IOException {
      RecordHead head = volume.head(Location.offset(location));
      if (head.type() == RecordType.TOMBSTONE) {
        add(head.recordBytes(), group -> group.relocate(location, head, null));
      } else {
        Payload payload = load(BlobBlocks.of(volume, head));
        payloads.add(payload);
        add(head.recordBytes(), group -> group.relocate(location, head, payload));
      }
    }

    void submit() throws IOException {
      try {
        writer.submitAll(List.copyOf(changes));
      } finally {
        changes.clear();
        close();
      }
      throttle();
    }

    @Override
    public void close() {
      payloads.forEach(Payload::close);
      payloads.clear();
    }

    /// Waits as long as so many bytes may take.
    private void throttle() throws IOException {
      long nanos = (long) (1e9 * bytes / bytesPerSecond);
      bytes = 0;
      if (Uninterruptibles.awaitUninterruptibly(closing, nanos, TimeUnit.NANOSECONDS)) {
        throw new IOException("the store is closing");
      }
    }

    private Payload load(BlobBlocks blocks) throws IOException {
      int length = blocks.head().payloadBytes();
      ByteBuffer piece = ByteBuffer.allocateDirect(Payload.BLOCK_BYTES);
      try (PayloadBuilder builder = buffers.receive(length)) {
        for (int at = 0; at < length; ) {
          at += blocks.read(at, piece.clear());
          builder.append(piece.flip());
        }
        return builder.finish();
      }
    }
  }
}
