package dev.tritontube.node.grpc;

import dev.tritontube.node.engine.Note;
import dev.tritontube.node.replication.MissingRecord;
import dev.tritontube.proto.node.v1.MissingReplica;
import dev.tritontube.proto.storage.v1.ArcRange;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.ArcSet;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads the fields of requests as values; what is not valid is BAD_REQUEST.
final class Requests {
  private Requests() {}

  static BlobKey key(String text) {
    return valid(() -> new BlobKey(text));
  }

  static NodeId node(String text) {
    return valid(() -> new NodeId(text));
  }

  static ArcSet arcs(List<ArcRange> ranges, int arcs) {
    return valid(() -> ArcSet.of(ranges.stream().map(range -> arcRange(range, arcs)).toList()));
  }

  private static dev.tritontube.ring.ArcRange arcRange(ArcRange range, int arcs) {
    if (range.getFirst() < 0 || range.getLast() < range.getFirst() || range.getLast() >= arcs) {
      throw new IllegalArgumentException(
          "no arcs from %d to %d: there are %d".formatted(range.getFirst(), range.getLast(), arcs));
    }
    return new dev.tritontube.ring.ArcRange(range.getFirst(), range.getLast());
  }

  /// The notes that travel with a write.
  ///
  /// @param hintFor empty for none
  static List<Note> notes(BlobKey key, List<String> missingOn, String hintFor) {
    if (missingOn.size() >= Note.MAX_PER_KEY) {
      throw bad(missingOn.size() + " nodes miss " + key);
    }
    List<Note> notes = new ArrayList<>();
    for (String missing : missingOn) {
      notes.add(new Note(Note.Kind.MISSING, key, node(missing)));
    }
    if (!hintFor.isEmpty()) {
      notes.add(new Note(Note.Kind.HINT, key, node(hintFor)));
    }
    return notes;
  }

  static List<Note> notes(List<MissingReplica> replicas) {
    return replicas.stream().map(Requests::note).toList();
  }

  static List<MissingRecord> records(List<MissingReplica> replicas) {
    return replicas.stream()
        .map(replica -> new MissingRecord(note(replica), replica.getRevision()))
        .toList();
  }

  private static Note note(MissingReplica replica) {
    return new Note(
        replica.getHint() ? Note.Kind.HINT : Note.Kind.MISSING,
        key(replica.getKey()),
        node(replica.getNodeId()));
  }

  static RuntimeException bad(String why) {
    return Trailers.failure(FailureCode.BAD_REQUEST, why);
  }

  private static <T> T valid(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException invalid) {
      throw bad(String.valueOf(invalid.getMessage()));
    }
  }
}
