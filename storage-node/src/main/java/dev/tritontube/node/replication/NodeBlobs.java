package dev.tritontube.node.replication;

import dev.tritontube.node.engine.BlobStore;
import dev.tritontube.node.engine.Note;
import dev.tritontube.node.engine.PutCommand;
import dev.tritontube.node.engine.PutOutcome;
import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything that changes the store goes through here, so that nothing is forgotten which somebody
/// is just relying on: a put, a hint or a delete of a key, and the decision to forget that key,
/// wait for each other. Also keeps the notes at hand, by key. Thread-safe.
///
/// Each time a note is added, also when it is there already, it gets another revision: whoever made
/// up for what it says drops it at the revision that was read before, and keeps what is lacking
/// since.
///
/// The locks are held during I/O: that is their purpose. Writers of one key share them. Several are
/// taken in the order of their numbers.
public final class NodeBlobs {
  private static final int STRIPES = 1024;

  private interface Change<T> {
    T apply() throws IOException;
  }

  private final BlobStore store;
  private final ReadWriteLock[] stripes = new ReadWriteLock[STRIPES];

  /// The notes with their revisions. Written under the lock of the key.
  private final ConcurrentMap<BlobKey, Map<Note, Long>> notes = new ConcurrentHashMap<>();

  /// Begins anywhere, so that a revision read from an earlier process fits no note of this one.
  private final AtomicLong lastRevision =
      new AtomicLong(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2));

  public NodeBlobs(BlobStore store) {
    this.store = store;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantReadWriteLock();
    }
    remember(store.notes());
  }

  /// For reading.
  public BlobStore store() {
    return store;
  }

  public PutOutcome put(PutCommand command) throws IOException {
    return locked(
        stripe(command.key()).readLock(),
        () -> {
          PutOutcome outcome = store.put(command);
          switch (outcome) {
            case STORED, ALREADY_STORED -> remember(command.notes());
            case DIFFERENT_BYTES, KEY_DELETED -> {}
          }
          return outcome;
        });
  }

  /// @return true when the key was live
  public boolean delete(BlobKey key, long epoch, List<Note> about) throws IOException {
    return locked(
        stripe(key).readLock(),
        () -> {
          boolean wasLive = store.delete(key, epoch, about);
          remember(about);
          return wasLive;
        });
  }

  /// Durably adds notes.
  public void addNotes(List<Note> added) throws IOException {
    lockedAll(
        added,
        ReadWriteLock::readLock,
        () -> {
          store.note(added, List.of());
          remember(added);
          return true;
        });
  }

  /// Durably drops notes, but for those that were added again since they were read.
  public void removeNotes(List<MissingRecord> read) throws IOException {
    lockedAll(
        read.stream().map(MissingRecord::note).toList(),
        ReadWriteLock::writeLock,
        () -> {
          List<Note> removed =
              read.stream().filter(this::isCurrent).map(MissingRecord::note).toList();
          store.note(List.of(), removed);
          removed.forEach(this::drop);
          return true;
        });
  }

  /// Forgets a key unless it is parked here for another node.
  ///
  /// @return true when something was there and was forgotten
  boolean forgetUnlessHinted(BlobKey key) throws IOException {
    return locked(stripe(key).writeLock(), () -> !hinted(key) && store.forget(key));
  }

  /// All notes, as of now.
  public List<MissingRecord> notes() {
    return notes.values().stream()
        .flatMap(known -> known.entrySet().stream())
        .map(note -> new MissingRecord(note.getKey(), note.getValue()))
        .toList();
  }

  public long count(Note.Kind kind) {
    return notes.values().stream()
        .flatMap(known -> known.keySet().stream())
        .filter(note -> note.kind() == kind)
        .count();
  }

  private boolean hinted(BlobKey key) {
    return notes.getOrDefault(key, Map.of()).keySet().stream()
        .anyMatch(note -> note.kind() == Note.Kind.HINT);
  }

  private boolean isCurrent(MissingRecord read) {
    Long revision = notes.getOrDefault(read.note().key(), Map.of()).get(read.note());
    return read.revision() == MissingRecord.ANY_REVISION
        || (revision != null && revision == read.revision());
  }

  private void remember(Collection<Note> added) {
    for (Note note : added) {
      Map<Note, Long> revised = Map.of(note, lastRevision.incrementAndGet());
      notes.merge(note.key(), revised, NodeBlobs::union);
    }
  }

  private static Map<Note, Long> union(Map<Note, Long> before, Map<Note, Long> revised) {
    Map<Note, Long> union = new HashMap<>(before);
    union.putAll(revised);
    return Map.copyOf(union);
  }

  private void drop(Note note) {
    notes.computeIfPresent(note.key(), (_, known) -> without(known, note));
  }

  private static @Nullable Map<Note, Long> without(Map<Note, Long> known, Note note) {
    Map<Note, Long> rest = new HashMap<>(known);
    rest.remove(note);
    return rest.isEmpty() ? null : Map.copyOf(rest);
  }

  private ReadWriteLock stripe(BlobKey key) {
    return stripes[stripeNumber(key)];
  }

  private static int stripeNumber(BlobKey key) {
    return Math.floorMod(key.hashCode(), STRIPES);
  }

  private void lockedAll(
      List<Note> about, Function<ReadWriteLock, Lock> side, Change<Boolean> change)
      throws IOException {
    List<Lock> locks =
        about.stream()
            .map(note -> stripeNumber(note.key()))
            .distinct()
            .sorted()
            .map(number -> side.apply(stripes[number]))
            .toList();
    locks.forEach(Lock::lock);
    try {
      change.apply();
    } finally {
      locks.reversed().forEach(Lock::unlock);
    }
  }

  private static <T> T locked(Lock lock, Change<T> change) throws IOException {
    lock.lock();
    try {
      return change.apply();
    } finally {
      lock.unlock();
    }
  }
}
