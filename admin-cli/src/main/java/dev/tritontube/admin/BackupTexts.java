package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.Backup;
import dev.tritontube.proto.admin.v1.RestoreResponse;
import java.util.List;

/// Copies of the catalog as people read of them.
final class BackupTexts {
  private BackupTexts() {}

  static String backups(List<Backup> backups) {
    Table table = new Table("ID", "STATE", "CREATED", "ROWS", "SIZE");
    backups.forEach(
        backup ->
            table.row(
                backup.getId(),
                backup.getState(),
                BackupDocuments.time(backup.getCreatedAt()),
                backup.getRows(),
                Sizes.text(backup.getBytes())));
    return table.toString();
  }

  static String backup(Backup backup) {
    return "backup "
        + backup.getId()
        + ": "
        + backup.getRows()
        + " rows, "
        + Sizes.text(backup.getBytes());
  }

  static String restored(RestoreResponse restored) {
    StringBuilder text = new StringBuilder();
    text.append("restored from backup ")
        .append(restored.getBackup())
        .append(", ")
        .append(restored.getRows())
        .append(" rows; the cluster goes on at epoch ")
        .append(restored.getEpoch());
    line(
        text,
        "What changed after %s is undone: new videos, accounts and keys are gone, and"
            + " revoked keys and old passwords open again. Everybody has to sign in anew.",
        BackupDocuments.time(restored.getFrom()));
    some(text, restored.getDeletedVideos(), "videos were deleted for good since, and stay so");
    some(text, restored.getEncodedAnew(), "originals are encoded anew");
    some(text, restored.getEndedUploads(), "uploads had ended since");
    some(
        text,
        restored.getUnknownBlobs(),
        "blobs ("
            + Sizes.text(restored.getUnknownBytes())
            + ") of later uploads are left on the ring");
    some(
        text,
        restored.getSilentNodes(),
        "storage nodes could not be looked through: what was deleted there alone is not known");
    return text.toString();
  }

  private static void some(StringBuilder text, long count, String what) {
    if (count > 0) {
      line(text, "%s", count + " " + what);
    }
  }

  private static void line(StringBuilder text, String format, String value) {
    text.append(System.lineSeparator()).append(format.formatted(value));
  }
}
