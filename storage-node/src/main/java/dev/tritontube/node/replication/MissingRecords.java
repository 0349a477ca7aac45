package dev.tritontube.node.replication;

import dev.tritontube.node.engine.Note;
import dev.tritontube.node.membership.Membership;
import dev.tritontube.ring.NodeId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What this node durably knows that others lack: missing records, and the hints that it keeps for
/// them. Thread-safe.
public final class MissingRecords {
  private final Membership membership;
  private final NodeBlobs blobs;
  private final Disposal disposal;

  public MissingRecords(Membership membership, NodeBlobs blobs) {
    this.membership = membership;
    this.blobs = blobs;
    this.disposal = new Disposal(membership, blobs);
  }

  /// Durable when it returns.
  public void add(List<Note> records) throws IOException {
    blobs.addNotes(records);
  }

  /// @param node only those about this one
  public List<MissingRecord> list(Optional<NodeId> node) {
    return blobs.notes().stream()
        .filter(record -> node.isEmpty() || record.note().node().equals(node.get()))
        .toList();
  }

  /// Durable when it returns. What was recorded again since it was read stays: it may be about a
  /// later write, such as the tombstone of a blob that was made up for. A blob whose last hint goes
  /// is forgotten, unless this node owns it.
  public void clear(List<MissingRecord> read) throws IOException {
    blobs.removeNotes(read);
    for (MissingRecord record : read) {
      Note note = record.note();
      if (note.kind() == Note.Kind.HINT) {
        disposal.forget(
            note.key(), layout -> !layout.owns(membership.nodeId(), layout.arcOf(note.key())));
      }
    }
  }
}
