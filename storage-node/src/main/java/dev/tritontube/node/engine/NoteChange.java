package dev.tritontube.node.engine;

import java.util.List;
import java.util.stream.Stream;

/// A note that a record adds or removes.
record NoteChange(Note note, boolean removed) {
  static List<NoteChange> additions(List<Note> notes) {
    return notes.stream().map(note -> new NoteChange(note, false)).toList();
  }

  static List<NoteChange> of(List<Note> added, List<Note> removed) {
    return Stream.concat(
            additions(added).stream(), removed.stream().map(note -> new NoteChange(note, true)))
        .toList();
  }
}
