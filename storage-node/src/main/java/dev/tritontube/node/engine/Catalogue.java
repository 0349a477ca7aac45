package dev.tritontube.node.engine;

import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What the store holds: index, volumes, notes and their counts. Durable things only.
///
/// Only the writer (and the start) changes it, except that any reader may mark a record as corrupt.
final class Catalogue {
  private final ToLongFunction<BlobKey> hashing;
  private final HashIndex index;
  private final Volumes volumes = new Volumes();
  private final NoteTable notes = new NoteTable();
  private final AtomicLong blobs = new AtomicLong();
  private final AtomicLong blobBytes = new AtomicLong();
  private final AtomicLong tombstones = new AtomicLong();
  private final AtomicLong quarantined = new AtomicLong();

  Catalogue(ToLongFunction<BlobKey> hashing, HashIndex index) {
    this.hashing = hashing;
    this.index = index;
  }

  long hash(BlobKey key) {
    return hashing.applyAsLong(key);
  }

  HashIndex index() {
    return index;
  }

  Volumes volumes() {
    return volumes;
  }

  NoteTable notes() {
    return notes;
  }

  long blobs() {
    return blobs.get();
  }

  long blobBytes() {
    return blobBytes.get();
  }

  long tombstones() {
    return tombstones.get();
  }

  long quarantined() {
    return quarantined.get();
  }

  /// Looks a key up, reading the records that its hash leads to. A record that is not legible is
  /// taken for the key's when no other one is.
  Found find(BlobKey key) throws IOException {
    long hash = hashing.applyAsLong(key);
    while (true) {
      Optional<Found> found = tryFind(key, hash);
      if (found.isPresent()) {
        return found.get();
      }
    }
  }

  /// The head of a record; empty when its volume is gone.
  Optional<RecordHead> headAt(long location) throws IOException {
    Optional<Volume> volume = volumes.acquire(Location.volume(location));
    if (volume.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(volume.get().head(Location.offset(location)));
    } finally {
      volume.get().release();
    }
  }

  /// Empty when a volume was retired meanwhile: the index leads elsewhere by now.
  private Optional<Found> tryFind(BlobKey key, long hash) throws IOException {
    long illegible = Location.NOWHERE;
    boolean collides = false;
    @Nullable Found match = null;
    for (long location : index.find(hash)) {
      try {
        Optional<RecordHead> head = headAt(location);
        if (head.isEmpty()) {
          return Optional.empty();
        }
        if (head.get().key().equals(key)) {
          match = new Found(hash, location, head.get(), false);
        } else {
          collides = true;
        }
      } catch (CorruptBlobException e) {
        illegible = markCorrupt(hash, location);
      }
    }
    if (match != null) {
      return Optional.of(new Found(hash, match.location(), match.head(), collides));
    }
    return Optional.of(new Found(hash, illegible, null, collides));
  }

  /// The heads of all entries of a hash that are not known, or found, to be broken.
  List<RecordHead> legible(long hash) throws IOException {
    List<RecordHead> heads = new ArrayList<>();
    while (!tryRead(hash, heads)) {
      heads.clear();
    }
    return heads;
  }

  /// False when a volume was retired meanwhile.
  private boolean tryRead(long hash, List<RecordHead> heads) throws IOException {
    for (long location : index.find(hash)) {
      try {
        if (!Location.isCorrupt(location)) {
          Optional<RecordHead> head = headAt(location);
          if (head.isEmpty()) {
            return false;
          }
          heads.add(head.get());
        }
      } catch (CorruptBlobException e) {
        markCorrupt(hash, location);
      }
    }
    return true;
  }

  /// Remembers that the record at a location is broken.
  ///
  /// @return the location with that flag
  long markCorrupt(long hash, long location) {
    long marked = location | Location.CORRUPT;
    long before = index.replace(hash, location, marked);
    if (before != Location.NOWHERE && !Location.isCorrupt(before)) {
      countCorrupt(before, 1);
    }
    return marked;
  }

  /// Lets a key's record take the place of what was there.
  void put(Found old, RecordHead head, long location) {
    if (old.isAbsent()) {
      index.insert(old.hash(), location);
    } else {
      forgetCounts(old, index.replace(old.hash(), old.location(), location));
    }
    volume(location).addLive(head.recordBytes());
    countIn(location, head.payloadBytes());
  }

  void remove(Found old) {
    if (!old.isAbsent()) {
      forgetCounts(old, index.remove(old.hash(), old.location()));
    }
  }

  /// Applies a blob or tombstone that was found at the start, in the order of writing.
  void replay(VolumeFormat.Entry entry, long location) throws IOException {
    long old = sameKey(entry, location);
    if (old == Location.NOWHERE) {
      index.insert(entry.hash(), location);
    } else {
      index.replace(entry.hash(), old, location);
    }
  }

  /// The same for a key that was forgotten there.
  void replayForget(VolumeFormat.Entry entry, long location) throws IOException {
    long old = sameKey(entry, location);
    if (old != Location.NOWHERE) {
      index.remove(entry.hash(), old);
    }
  }

  /// Counts an entry when all are replayed and it is still the newest of its key.
  void count(VolumeFormat.Entry entry, long location) {
    for (long current : index.find(entry.hash())) {
      if (Location.samePlace(current, location)) {
        volume(location).addLive(entry.recordBytes());
        countIn(location, entry.payloadBytes());
        if (Location.isCorrupt(current)) {
          countCorrupt(location, 1);
        }
      }
    }
  }

  /// Stretches of volumes that held a record once.
  void addDamaged(int stretches) {
    quarantined.addAndGet(stretches);
  }

  /// The entry of the same key. A record that was written while no other key of its hash was held
  /// need not be compared: what has its hash has its key.
  private long sameKey(VolumeFormat.Entry entry, long location) throws IOException {
    long[] candidates = index.find(entry.hash());
    if (candidates.length == 0) {
      return Location.NOWHERE;
    }
    if (!entry.collides()) {
      return candidates[0];
    }
    Optional<BlobKey> key = keyAt(location);
    for (long candidate : candidates) {
      if (key.isPresent() && keyAt(candidate).equals(key)) {
        return candidate;
      }
    }
    return Location.NOWHERE;
  }

  private Optional<BlobKey> keyAt(long location) throws IOException {
    try {
      return headAt(location).map(RecordHead::key);
    } catch (CorruptBlobException e) {
      return Optional.empty();
    }
  }

  private void countIn(long location, int payloadBytes) {
    if (Location.isTombstone(location)) {
      tombstones.incrementAndGet();
    } else {
      blobs.incrementAndGet();
      blobBytes.addAndGet(payloadBytes);
    }
  }

  private void forgetCounts(Found old, long replaced) {
    if (Location.isTombstone(old.location())) {
      tombstones.decrementAndGet();
    } else {
      blobs.decrementAndGet();
    }
    if (Location.isCorrupt(replaced)) {
      countCorrupt(replaced, -1);
    }
    if (old.head() != null) {
      blobBytes.addAndGet(-old.head().payloadBytes());
      volume(old.location()).addLive(-old.head().recordBytes());
    }
  }

  private void countCorrupt(long location, int corrupt) {
    quarantined.addAndGet(corrupt);
    volumes.find(Location.volume(location)).ifPresent(volume -> volume.addQuarantined(corrupt));
  }

  private Volume volume(long location) {
    return volumes.find(Location.volume(location)).orElseThrow();
  }
}
