package dev.tritontube.node.engine;

import dev.tritontube.ring.BlobKey;
import java.util.List;

/// Everything of a record but its payload.
///
/// @param key of the blob; for a RETIRE the file name of the volume
/// @param hash of the key
/// @param collides another key of the same hash was held when this was written
/// @param payloadBytes 0 unless a BLOB
/// @param payloadChecksum CRC32C of the whole payload
/// @param tableChecksum CRC32C of the table of block checksums
/// @param offset of the record in its volume
/// @param syncedBytes how much of the volume was known to be durable when this was written
record RecordHead(
    RecordType type,
    BlobKey key,
    long hash,
    boolean collides,
    long epoch,
    int payloadBytes,
    int payloadChecksum,
    int tableChecksum,
    List<NoteChange> notes,
    long offset,
    long syncedBytes) {

  RecordHead {
    notes = List.copyOf(notes);
  }

  int headBytes() {
    return RecordFormat.headBytes(keyBytes(), notes.size(), payloadBytes);
  }

  long recordBytes() {
    return RecordFormat.recordBytes(keyBytes(), notes.size(), payloadBytes);
  }

  long payloadOffset() {
    return offset + headBytes();
  }

  long tableOffset() {
    return offset + RecordFormat.tableOffset(keyBytes(), notes.size());
  }

  private int keyBytes() {
    return RecordFormat.keyBytes(key);
  }
}
