package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.RestoreRequest;
import dev.tritontube.proto.admin.v1.RestoreResponse;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `restore`.
@Command(
    name = "restore",
    description =
        "Fills the empty catalog of a web server that waits for it from a copy in the ring.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @ParentCommand private @Nullable AdminCli admin;

  @Option(
      names = "--backup",
      paramLabel = "ID",
      description = "One of 'backup list' (default: the newest).")
  private String backup = "";

  @Override
  public Integer call() {
    if (admin == null) {
      throw new IllegalStateException("not run by picocli");
    }
    try (Session session = admin.open()) {
      RestoreResponse restored =
          session.backups().restore(RestoreRequest.newBuilder().setBackup(backup).build());
      admin.answers().show(BackupDocuments.restored(restored), BackupTexts.restored(restored));
      return 0;
    }
  }
}
