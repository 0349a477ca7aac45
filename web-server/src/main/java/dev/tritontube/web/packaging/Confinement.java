package dev.tritontube.web.packaging;

import dev.tritontube.web.sandbox.Launch;
import dev.tritontube.web.sandbox.Protection;
import dev.tritontube.web.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one door through which programs are started that touch media: in the sandbox where there is
/// one, under limits of the system in any case.
///
/// Limits: CPU, address space, no core file, few open files, and no byte written to any regular
/// file (output goes to pipes), by `prlimit` where it is. A group of its own keeps signals of the
/// terminal away. Without a sandbox a session and the priority are made by `setsid` and `nice`,
/// where they are.
final class Confinement {
  private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);
  private static final int OPEN_FILES = 128;
  private static final String NONE_HERE =
      "the system has none: it takes Linux 5.11 or newer on x86-64 or ARM64, with Landlock or"
          + " seccomp";

  private static final List<String> KEPT_VARIABLES = List.of("PATH", "LD_LIBRARY_PATH");

  private final Optional<Path> setsid = MediaTools.program("setsid");
  private final Optional<Path> nice = MediaTools.program("nice");
  private final Optional<Path> prlimit = MediaTools.program("prlimit");
  private final Optional<Sandbox> sandbox;
  private final OptionalInt port;
  private final String reason;

  private Confinement(Optional<Sandbox> sandbox, OptionalInt port, String reason) {
    this.sandbox = sandbox;
    this.port = port;
    this.reason = reason;
  }

  /// Limits alone.
  ///
  /// @param reason for people
  static Confinement withoutSandbox(String reason) {
    return new Confinement(Optional.empty(), OptionalInt.empty(), reason);
  }

  /// As wanted, and as the system offers it. The sandbox is tried with each program: one that has
  /// its parts in unusual places may not begin in it.
  ///
  /// @param port of the loopback address from which they read
  /// @throws IOException when a sandbox is required that is not there
  static Confinement choose(MediaTools tools, int port) throws IOException, InterruptedException {
    if (tools.sandboxing() == Sandboxing.OFF) {
      LOG.warn("ffmpeg and ffprobe run without a sandbox, as told: they can read what this can");
      return withoutSandbox("it is switched off (--sandbox off)");
    }
    List<Path> programs = List.of(tools.ffmpeg(), tools.ffprobe());
    Confinement chosen = withSandbox(programs, port).orElseGet(() -> withoutSandbox(NONE_HERE));
    Optional<String> trouble =
        chosen.sandbox.isPresent() ? chosen.trouble(programs) : Optional.empty();
    if (trouble.isPresent()) {
      chosen = withoutSandbox(trouble.get());
    }
    List<String> missing = chosen.state().protection().missing();
    if (missing.isEmpty()) {
      LOG.info("ffmpeg and ffprobe run in a sandbox: no files but their own, one TCP port");
    } else if (tools.sandboxing() == Sandboxing.REQUIRED) {
      throw new IOException("a sandbox is required, and it would not cover " + listed(missing));
    } else {
      LOG.warn("ffmpeg and ffprobe are not kept from {}", listed(missing));
    }
    return chosen;
  }

  private static String listed(List<String> missing) {
    return String.join("; ", missing);
  }

  /// What keeps the programs from running in the sandbox; empty when they do.
  private Optional<String> trouble(List<Path> programs) throws InterruptedException {
    ToolRunner runner = new ToolRunner(this);
    for (Path program : programs) {
      try {
        ToolRunner.Exit exit =
            runner.run(
                List.of(program.toString(), "-version"),
                ToolLimits.probing(),
                new Cancellation(),
                stdout -> stdout.transferTo(OutputStream.nullOutputStream()));
        if (!exit.ok()) {
          LOG.warn("{} does not run in the sandbox: {}", program, exit.complaint());
          return Optional.of(program + " does not run in it: " + exit.complaint());
        }
      } catch (IOException e) {
        LOG.warn("{} cannot be started in the sandbox", program, e);
        return Optional.of(program + " cannot be started in it: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /// @param programs that will be started
  /// @param port of the loopback address from which they read
  /// @return empty where the system has no sandbox
  static Optional<Confinement> withSandbox(List<Path> programs, int port) throws IOException {
    List<Path> all =
        Stream.concat(programs.stream(), MediaTools.program("prlimit").stream()).toList();
    String libraries = Objects.requireNonNullElse(System.getenv("LD_LIBRARY_PATH"), "");
    return Sandbox.find(all, libraries)
        .map(sandbox -> new Confinement(Optional.of(sandbox), OptionalInt.of(port), ""));
  }

  SandboxState state() {
    return new SandboxState(
        sandbox.map(Sandbox::protection).orElse(Protection.NONE),
        sandbox.map(Sandbox::landlock).orElse(0),
        prlimit.isPresent(),
        reason);
  }

  Process start(List<String> command, ToolLimits limits) throws IOException {
    if (sandbox.isPresent()) {
      return sandbox
          .get()
          .start(
              new Launch(
                  limited(command, limits),
                  environment(),
                  limits.niceness(),
                  limits.folder(),
                  port));
    }
    List<String> wrapped = new ArrayList<>();
    setsid.ifPresent(program -> wrapped.add(program.toString()));
    nice.ifPresent(
        program ->
            wrapped.addAll(List.of(program.toString(), "-n", Integer.toString(limits.niceness()))));
    wrapped.addAll(limited(command, limits));
    ProcessBuilder builder = new ProcessBuilder(wrapped);
    builder.environment().keySet().retainAll(KEPT_VARIABLES);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return builder.start();
  }

  private static Map<String, String> environment() {
    return System.getenv().entrySet().stream()
        .filter(variable -> KEPT_VARIABLES.contains(variable.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private List<String> limited(List<String> command, ToolLimits limits) {
    List<String> limited = new ArrayList<>();
    prlimit.ifPresent(
        program ->
            limited.addAll(
                List.of(
                    program.toString(),
                    "--cpu=" + limits.cpu().toSeconds(),
                    "--as=" + limits.addressBytes(),
                    "--fsize=0",
                    "--core=0",
                    "--nofile=" + OPEN_FILES,
                    "--")));
    limited.addAll(command);
    return limited;
  }
}
