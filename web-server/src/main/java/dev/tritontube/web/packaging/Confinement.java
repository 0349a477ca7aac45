package dev.tritontube.web.packaging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Limits that the system enforces on a program, by starting it through `setsid`, `nice` and
/// `prlimit` where they are.
///
/// A session of its own keeps signals of the terminal away. Limits: CPU, address space, no core
/// file, few open files, and no byte written to any regular file (output goes to pipes). There is
/// no name space of its own: it would cut the way to the loopback address that the source is read
/// from, and needs privileges that a container seldom has.
final class Confinement {
  private static final int OPEN_FILES = 128;

  private final Optional<Path> setsid = MediaTools.program("setsid");
  private final Optional<Path> nice = MediaTools.program("nice");
  private final Optional<Path> prlimit = MediaTools.program("prlimit");

  /// The command that runs `command` under the limits.
  List<String> wrap(List<String> command, ToolLimits limits) {
    List<String> wrapped = new ArrayList<>();
    setsid.ifPresent(program -> wrapped.add(program.toString()));
    nice.ifPresent(
        program ->
            wrapped.addAll(List.of(program.toString(), "-n", Integer.toString(limits.niceness()))));
    prlimit.ifPresent(
        program ->
            wrapped.addAll(
                List.of(
                    program.toString(),
                    "--cpu=" + limits.cpu().toSeconds(),
                    "--as=" + limits.addressBytes(),
                    "--fsize=0",
                    "--core=0",
                    "--nofile=" + OPEN_FILES,
                    "--")));
    wrapped.addAll(command);
    return wrapped;
  }
}
