package dev.tritontube.admin;

import com.google.protobuf.Timestamp;
import dev.tritontube.proto.admin.v1.Backup;
import dev.tritontube.proto.admin.v1.RestoreResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Copies of the catalog as JSON documents, whose names programs rely on.
final class BackupDocuments {
  private BackupDocuments() {}

  static Map<String, Object> backups(List<Backup> backups) {
    return Documents.object("backups", backups.stream().map(BackupDocuments::backup).toList());
  }

  static Map<String, Object> backup(Backup backup) {
    return Documents.object(
        "id", backup.getId(),
        "state", backup.getState(),
        "bytes", backup.getBytes(),
        "rows", backup.getRows(),
        "epoch", backup.getEpoch(),
        "createdAt", time(backup.getCreatedAt()));
  }

  static Map<String, Object> restored(RestoreResponse restored) {
    return Documents.object(
        "backup", restored.getBackup(),
        "from", time(restored.getFrom()),
        "rows", restored.getRows(),
        "epoch", restored.getEpoch(),
        "deletedVideos", restored.getDeletedVideos(),
        "encodedAnew", restored.getEncodedAnew(),
        "endedUploads", restored.getEndedUploads(),
        "unknownBlobs", restored.getUnknownBlobs(),
        "unknownBytes", restored.getUnknownBytes(),
        "silentNodes", restored.getSilentNodes());
  }

  static String time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
  }
}
