package dev.tritontube.web.steering;

import dev.tritontube.web.packaging.SandboxState;
import dev.tritontube.web.workers.Worker;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A process that encodes, as administrators see it.
///
/// @param host name of its machine
record WorkerDocument(String id, String host, SandboxDocument sandbox) {

  /// @param degree `WHOLE`, `PARTIAL` or `NONE`
  /// @param landlock version of the kernel's; 0: none
  /// @param reason why there is none; null where there is one
  record SandboxDocument(
      String degree,
      int landlock,
      Map<String, Boolean> parts,
      boolean limits,
      @Nullable String reason) {}

  static WorkerDocument of(Worker worker) {
    SandboxState sandbox = worker.sandbox();
    return new WorkerDocument(
        worker.id(),
        worker.host(),
        new SandboxDocument(
            sandbox.degree().name(),
            sandbox.landlock(),
            sandbox.protection().parts(),
            sandbox.limits(),
            sandbox.reason().isEmpty() ? null : sandbox.reason()));
  }
}
