package dev.tritontube.web.workers;

import dev.tritontube.web.packaging.SandboxState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process that encodes.
///
/// @param id by which it is known in leases; another one with each start
/// @param host name of its machine
public record Worker(String id, String host, SandboxState sandbox) {
  private static final int MAX_HOST = 255;

  public Worker {
    host = host.substring(0, Math.min(host.length(), MAX_HOST));
  }

  /// This process.
  public static Worker here(String id, SandboxState sandbox) {
    return new Worker(id, hostName(), sandbox);
  }

  /// Without asking a name server, which may be away.
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException _) {
      return "unknown";
    }
  }
}
