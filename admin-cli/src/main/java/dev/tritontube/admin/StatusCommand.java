package dev.tritontube.admin;

import dev.tritontube.proto.admin.v1.StatusRequest;
import dev.tritontube.proto.admin.v1.StatusResponse;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `status`.
@Command(
    name = "status",
    description = "Shows how the cluster does: nodes, missing replicas, jobs.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @ParentCommand private @Nullable AdminCli admin;

  @Override
  public Integer call() {
    if (admin == null) {
      throw new IllegalStateException("not run by picocli");
    }
    try (Session session = admin.open()) {
      StatusResponse status = session.quick().status(StatusRequest.getDefaultInstance());
      admin.answers().show(Documents.status(status), Texts.status(status));
      return 0;
    }
  }
}
