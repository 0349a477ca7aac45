package dev.tritontube.node.engine;

import dev.tritontube.ring.BlobKey;
import java.util.List;

/// A blob to store.
///
/// @param epoch of the layout by which it was written
/// @param notes small facts to remember with it, all about this key
public record PutCommand(BlobKey key, long epoch, Payload payload, List<Note> notes) {
  public PutCommand {
    notes = Note.allAbout(key, notes);
  }
}
