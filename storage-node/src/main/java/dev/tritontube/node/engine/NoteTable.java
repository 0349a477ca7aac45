package dev.tritontube.node.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The notes that are held, each with the volume whose record says so. Thread-safe.
final class NoteTable {
  // Guarded by this.
  private final Map<Note, Integer> volumes = new HashMap<>();
  private final Map<Integer, Long> bytes = new HashMap<>();

  synchronized void apply(List<NoteChange> changes, int volume) {
    for (NoteChange change : changes) {
      if (change.removed()) {
        count(change.note(), volumes.remove(change.note()), -1);
      } else {
        count(change.note(), volumes.put(change.note(), volume), -1);
        count(change.note(), volume, 1);
      }
    }
  }

  synchronized boolean holds(Note note) {
    return volumes.containsKey(note);
  }

  synchronized Set<Note> all() {
    return Set.copyOf(volumes.keySet());
  }

  synchronized int size() {
    return volumes.size();
  }

  /// Those that only a record of this volume remembers.
  synchronized List<Note> in(int volume) {
    return volumes.entrySet().stream()
        .filter(entry -> entry.getValue() == volume)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// What these would take in another volume, at most.
  synchronized long bytesIn(int volume) {
    return bytes.getOrDefault(volume, 0L);
  }

  private void count(Note note, @Nullable Integer volume, int sign) {
    if (volume != null) {
      long size = RecordFormat.recordBytes(RecordFormat.keyBytes(note.key()), 1, 0);
      bytes.merge(volume, sign * size, Long::sum);
    }
  }
}
