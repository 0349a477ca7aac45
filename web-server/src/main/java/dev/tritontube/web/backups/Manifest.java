package dev.tritontube.web.backups;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/// What a copy of the catalog consists of, as JSON in a blob of its own.
///
/// @param format of the chunks; `Dump.FORMAT` is the only one so far
/// @param schema the version of the tables, as Flyway counts
/// @param createdAt milliseconds since 1970
/// @param epoch of the newest layout then
/// @param nodes ids of the nodes of that layout
/// @param rows of all tables
record Manifest(
    int format,
    String cluster,
    String schema,
    long createdAt,
    long epoch,
    List<String> nodes,
    long rows,
    List<Chunk> chunks) {
  private static final int MAX_BYTES = 4 << 20;

  /// Fields of newer programs are passed over: what would matter has another `format`.
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  Manifest {
    nodes = List.copyOf(nodes);
    chunks = List.copyOf(chunks);
  }

  /// @param sha256 in hexadecimal
  record Chunk(int bytes, String sha256) {}

  long bytes() {
    return chunks.stream().mapToLong(Chunk::bytes).sum();
  }

  Backup of(BackupId id) {
    return new Backup(
        id,
        Backup.State.DONE,
        chunks.size(),
        bytes(),
        rows,
        epoch,
        Instant.ofEpochMilli(createdAt));
  }

  byte[] encode() {
    try {
      byte[] json = JSON.writeValueAsBytes(this);
      if (json.length > MAX_BYTES) {
        throw new IllegalStateException("a manifest of " + json.length + " bytes");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws IOException when it is none
  static Manifest decode(byte[] json) throws IOException {
    try {
      return JSON.readValue(json, Manifest.class);
    } catch (JsonProcessingException | RuntimeException e) {
      throw new IOException("not a manifest of a backup: " + e.getMessage(), e);
    }
  }
}
