package dev.tritontube.node.replication;

import dev.tritontube.node.engine.Note;

/// A note about what another node lacks, as it was when somebody read it.
///
/// @param revision another one each time that the note is added; `ANY_REVISION` for whoever read
///   none
public record MissingRecord(Note note, long revision) {
  public static final long ANY_REVISION = 0;
}
