package dev.tritontube.node.engine;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.NodeId;
import java.util.List;

/// A small durable fact beside a blob or a tombstone.
public record Note(Kind kind, BlobKey key, NodeId node) {
  /// The most notes in one change of one key.
  public static final int MAX_PER_KEY = 255;

  /// What a note says.
  public enum Kind {
    /// The node owns the key and lacks it.
    MISSING,
    /// The blob or tombstone is parked here for that node.
    HINT
  }

  /// Checks that notes that travel with a key are about it.
  static List<Note> allAbout(BlobKey key, List<Note> notes) {
    if (notes.size() > MAX_PER_KEY) {
      throw new IllegalArgumentException(
          "at most " + MAX_PER_KEY + " notes with " + key + ", not " + notes.size());
    }
    for (Note note : notes) {
      if (!note.key().equals(key)) {
        throw new IllegalArgumentException("a note about " + note.key() + " travels with " + key);
      }
    }
    return List.copyOf(notes);
  }
}
