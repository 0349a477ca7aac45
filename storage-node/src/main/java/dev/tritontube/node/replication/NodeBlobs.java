package dev.tritontube.node.replication;

import dev.tritontube.node.engine.BlobStore;
import dev.tritontube.node.engine.Note;
import dev.tritontube.node.engine.PutCommand;
import dev.tritontube.node.engine.PutOutcome;
import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Everything that changes the store goes through here, so that nothing is forgotten which somebody
/// is just relying on: a put, a hint or a delete of a key, and the decision to forget that key,
/// wait for each other. Also keeps the notes at hand, by key. Thread-safe.
///
/// The locks are held during I/O: that is their purpose. Writers of one key share them.
public final class NodeBlobs {
  private static final int STRIPES = 1024;

  private interface Change<T> {
    T apply() throws IOException;
  }

  private final BlobStore store;
  private final ReadWriteLock[] stripes = new ReadWriteLock[STRIPES];
  private final ConcurrentMap<BlobKey, Set<Note>> notes = new ConcurrentHashMap<>();

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
    store.note(added, List.of());
    remember(added);
  }

  /// Durably drops notes.
  public void removeNotes(List<Note> removed) throws IOException {
    store.note(List.of(), removed);
    for (Note note : removed) {
      notes.computeIfPresent(note.key(), (_, known) -> without(known, note));
    }
  }

  /// Forgets a key unless it is parked here for another node.
  ///
  /// @param unneeded asked while nobody can write the key
  /// @return true when something was there and was forgotten
  boolean forgetUnlessHinted(BlobKey key, BooleanSupplier unneeded) throws IOException {
    return locked(
        stripe(key).writeLock(),
        () -> !hinted(key) && unneeded.getAsBoolean() && store.forget(key));
  }

  /// All notes, as of now.
  public List<Note> notes() {
    return notes.values().stream().flatMap(Set::stream).toList();
  }

  public long count(Note.Kind kind) {
    return notes.values().stream().flatMap(Set::stream).filter(note -> note.kind() == kind).count();
  }

  private boolean hinted(BlobKey key) {
    return notes.getOrDefault(key, Set.of()).stream()
        .anyMatch(note -> note.kind() == Note.Kind.HINT);
  }

  private void remember(Collection<Note> added) {
    for (Note note : added) {
      notes.merge(note.key(), Set.of(note), NodeBlobs::union);
    }
  }

  private static Set<Note> union(Set<Note> some, Set<Note> more) {
    Set<Note> union = new HashSet<>(some);
    union.addAll(more);
    return Set.copyOf(union);
  }

  private static @Nullable Set<Note> without(Set<Note> known, Note note) {
    Set<Note> rest = new HashSet<>(known);
    rest.remove(note);
    return rest.isEmpty() ? null : Set.copyOf(rest);
  }

  private ReadWriteLock stripe(BlobKey key) {
    return stripes[Math.floorMod(key.hashCode(), STRIPES)];
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
