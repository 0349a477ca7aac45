package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.Backup;
import dev.tritontube.proto.admin.v1.CreateBackupRequest;
import dev.tritontube.proto.admin.v1.ListBackupsRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `backup list | create`.
@Command(
    name = "backup",
    description = "Lists and makes copies of the catalog in the ring.",
    mixinStandardHelpOptions = true)
final class BackupCommand {
  @ParentCommand private @Nullable AdminCli admin;

  @Command(description = "Lists the copies, the newest first.", mixinStandardHelpOptions = true)
  int list() {
    try (Session session = admin().open()) {
      List<Backup> backups =
          session.backups().listBackups(ListBackupsRequest.getDefaultInstance()).getBackupsList();
      admin().answers().show(BackupDocuments.backups(backups), BackupTexts.backups(backups));
      return 0;
    }
  }

  @Command(
      description = "Makes a copy, and waits until it is whole.",
      mixinStandardHelpOptions = true)
  int create() {
    try (Session session = admin().open()) {
      Backup backup = session.backups().createBackup(CreateBackupRequest.getDefaultInstance());
      admin().answers().show(BackupDocuments.backup(backup), BackupTexts.backup(backup));
      return 0;
    }
  }

  private AdminCli admin() {
    if (admin == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return admin;
  }
}
