package dev.tritontube.node.engine;

import dev.tritontube.ring.BlobKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes that are written and synced together, at the end of one volume.
///
/// Each change sees those before it in the group although nobody else does yet. Used by the
/// writer's thread only.
final class Group {
  private static final int[] NO_BLOCKS = new int[0];
  private static final ByteBuffer PADDING =
      ByteBuffer.allocateDirect(RecordFormat.ALIGNMENT).asReadOnlyBuffer();

  private final Catalogue catalogue;
  private final Volume volume;
  private final List<ByteBuffer> bytes = new ArrayList<>();
  private final List<RecordHead> heads = new ArrayList<>();
  private final List<Runnable> effects = new ArrayList<>();
  private final List<Volume> retired = new ArrayList<>();
  private final Map<BlobKey, Found> staged = new HashMap<>();
  private final Map<Note, Boolean> stagedNotes = new HashMap<>();
  private long end;

  Group(Catalogue catalogue, Volume volume) {
    this.catalogue = catalogue;
    this.volume = volume;
    this.end = volume.dataEnd();
  }

  /// See [BlobStore#put].
  PutOutcome put(PutCommand command) throws IOException {
    Found found = find(command.key());
    if (found.isTombstone()) {
      return PutOutcome.KEY_DELETED;
    }
    if (found.isLive()) {
      switch (StoredCopy.compare(catalogue, found, command.payload())) {
        case DIFFERENT -> {
          return PutOutcome.DIFFERENT_BYTES;
        }
        case SAME -> {
          addNotes(command.key(), found.hash(), command.notes());
          return PutOutcome.ALREADY_STORED;
        }
        case BROKEN -> {}
      }
    }
    appendBlob(found, command);
    return PutOutcome.STORED;
  }

  /// See [BlobStore#delete].
  boolean delete(BlobKey key, long epoch, List<Note> notes) throws IOException {
    Found found = find(key);
    if (found.isTombstone()) {
      addNotes(key, found.hash(), notes);
      return false;
    }
    RecordHead head = head(RecordType.TOMBSTONE, key, found, epoch, NoteChange.additions(notes));
    append(head, NO_BLOCKS, List.of());
    take(found, head, Location.TOMBSTONE);
    return found.isLive();
  }

  /// See [BlobStore#forget].
  boolean forget(BlobKey key) throws IOException {
    Found found = find(key);
    if (found.isAbsent()) {
      return false;
    }
    appendKept(head(RecordType.FORGET, key, found, 0, List.of()));
    staged.put(key, Found.absent(found.hash(), found.collides()));
    effects.add(() -> catalogue.remove(found));
    return true;
  }

  /// Adds and removes notes about one key.
  boolean note(BlobKey key, List<Note> added, List<Note> removed) throws IOException {
    List<NoteChange> changes = new ArrayList<>();
    NoteChange.of(added, removed).stream()
        .filter(change -> holds(change.note()) == change.removed())
        .forEach(changes::add);
    appendNotes(key, catalogue.hash(key), changes);
    return !changes.isEmpty();
  }

  /// Copies a record here that compaction read elsewhere; false when it is not the newest of its
  /// key any more. Its notes stay where they are.
  ///
  /// @param payload null for a tombstone
  boolean relocate(long from, RecordHead old, @Nullable Payload payload) throws IOException {
    Found found = find(old.key());
    if (found.isAbsent() || !Location.samePlace(found.location(), from)) {
      return false;
    }
    RecordHead head = relocated(old, found);
    append(
        head,
        payload == null ? NO_BLOCKS : payload.blockChecksums(),
        payload == null ? List.of() : payload.buffers());
    take(found, head, old.type() == RecordType.TOMBSTONE ? Location.TOMBSTONE : 0);
    return true;
  }

  /// Says again that a key was forgotten, unless it is held by now.
  boolean forgetAgain(BlobKey key) throws IOException {
    Found found = find(key);
    if (!found.isAbsent()) {
      return false;
    }
    appendKept(head(RecordType.FORGET, key, found, 0, List.of()));
    return true;
  }

  /// Says again which of these notes are held and which are not.
  boolean noteAgain(BlobKey key, List<Note> notes) {
    List<NoteChange> changes =
        notes.stream().map(note -> new NoteChange(note, !holds(note))).toList();
    appendNotes(key, catalogue.hash(key), changes);
    return !changes.isEmpty();
  }

  /// Gives a volume up that nothing needs any more; false when something does.
  boolean retire(Volume old) {
    if (catalogue.volumes().find(old.number()).isEmpty()
        || old.liveBytes() != 0
        || old.quarantined() != 0
        || !catalogue.notes().in(old.number()).isEmpty()) {
      return false;
    }
    BlobKey name = new BlobKey(old.id().fileName());
    Found nothing = Found.absent(catalogue.hash(name), false);
    appendKept(head(RecordType.RETIRE, name, nothing, 0, List.of()));
    retired.add(old);
    return true;
  }

  long roomBytes() {
    return volume.roomBytes() - bytes();
  }

  long bytes() {
    return end - volume.dataEnd();
  }

  /// Writes and syncs all records, then lets everybody see them.
  void commit() throws IOException {
    volume.write(bytes);
    volume.appended(heads);
    effects.forEach(Runnable::run);
  }

  /// Volumes that may be deleted after the commit.
  List<Volume> retired() {
    return retired;
  }

  private Found find(BlobKey key) throws IOException {
    @Nullable Found pending = staged.get(key);
    if (pending != null) {
      return pending;
    }
    Found found = catalogue.find(key);
    boolean collides =
        found.collides()
            || staged.entrySet().stream()
                .anyMatch(
                    other ->
                        other.getValue().hash() == found.hash() && !other.getKey().equals(key));
    return new Found(found.hash(), found.location(), found.head(), collides);
  }

  private boolean holds(Note note) {
    @Nullable Boolean pending = stagedNotes.get(note);
    return pending == null ? catalogue.notes().holds(note) : pending;
  }

  private void addNotes(BlobKey key, long hash, List<Note> notes) {
    List<Note> unknown = notes.stream().filter(note -> !holds(note)).toList();
    appendNotes(key, hash, NoteChange.additions(unknown));
  }

  private void appendNotes(BlobKey key, long hash, List<NoteChange> changes) {
    if (!changes.isEmpty()) {
      appendKept(head(RecordType.NOTES, key, Found.absent(hash, false), 0, changes));
    }
  }

  private void appendBlob(Found found, PutCommand command) {
    Payload payload = command.payload();
    RecordHead head =
        new RecordHead(
            RecordType.BLOB,
            command.key(),
            found.hash(),
            found.collides(),
            command.epoch(),
            payload.length(),
            payload.crc32c(),
            RecordFormat.tableChecksum(payload.blockChecksums()),
            NoteChange.additions(command.notes()),
            end,
            volume.dataEnd());
    append(head, payload.blockChecksums(), payload.buffers());
    take(found, head, 0);
  }

  private RecordHead head(
      RecordType type, BlobKey key, Found found, long epoch, List<NoteChange> notes) {
    return new RecordHead(
        type,
        key,
        found.hash(),
        found.collides(),
        epoch,
        0,
        0,
        RecordFormat.tableChecksum(NO_BLOCKS),
        notes,
        end,
        volume.dataEnd());
  }

  private RecordHead relocated(RecordHead old, Found found) {
    return new RecordHead(
        old.type(),
        old.key(),
        found.hash(),
        found.collides(),
        old.epoch(),
        old.payloadBytes(),
        old.payloadChecksum(),
        old.tableChecksum(),
        List.of(),
        end,
        volume.dataEnd());
  }

  /// A record that the index does not point to.
  private void appendKept(RecordHead head) {
    append(head, NO_BLOCKS, List.of());
    effects.add(() -> volume.addKept(head.recordBytes()));
  }

  private void append(RecordHead head, int[] blockChecksums, List<ByteBuffer> payload) {
    bytes.add(RecordFormat.encode(head, volume.id(), blockChecksums));
    bytes.addAll(payload);
    int padding = RecordFormat.aligned(head.payloadBytes()) - head.payloadBytes();
    if (padding > 0) {
      bytes.add(PADDING.slice(0, padding));
    }
    heads.add(head);
    end += head.recordBytes();
    head.notes().forEach(change -> stagedNotes.put(change.note(), !change.removed()));
    effects.add(() -> catalogue.notes().apply(head.notes(), volume.number()));
  }

  /// Lets a record be the newest of its key.
  private void take(Found old, RecordHead head, int flags) {
    long location = Location.of(volume.number(), head.offset(), flags);
    staged.put(head.key(), new Found(old.hash(), location, head, old.collides()));
    effects.add(() -> catalogue.put(old, head, location));
  }
}
