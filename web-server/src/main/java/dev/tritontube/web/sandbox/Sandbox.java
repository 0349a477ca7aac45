package dev.tritontube.web.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Starts programs of which little of the machine is within reach: their libraries to read, one
/// folder to write, one port to connect to. Needs Linux 5.11, no privileges and no other program.
/// Thread-safe.
///
/// What a thread restricts itself to by Landlock and seccomp holds for what it starts: each program
/// is started by a thread that lives for that alone ([ConfinedStart]).
public final class Sandbox {
  private static final long CLOSE_ON_EXEC_IN_RANGE = 4;
  private static final long HIGHEST_DESCRIPTOR = 0xFFFF_FFFFL;
  private static final long ASK_ACTION = 2;
  private static final int FAIL_ACTION = 0x0005_0000;

  private final LibC libc;
  private final Landlock landlock;
  private final Map<Path, Long> rights;
  private final Optional<Filters> filters;

  /// Of calls, with and without a network, as the kernel wants them.
  private record Filters(MemorySegment network, MemorySegment none) {
    static Filters of(Cpu cpu) {
      Arena memory = Arena.ofAuto();
      return new Filters(
          CallFilter.of(cpu, true).written(memory), CallFilter.of(cpu, false).written(memory));
    }
  }

  private Sandbox(LibC libc, Map<Path, Long> rights) {
    this.libc = libc;
    this.landlock = Landlock.find(libc);
    this.rights = rights;
    this.filters = hasFilters(libc) ? Optional.of(Filters.of(libc.cpu())) : Optional.empty();
  }

  /// @param programs all that will be started, and what they start themselves
  /// @param libraries more folders of libraries, as `LD_LIBRARY_PATH` has them
  /// @return empty where the system offers nothing
  public static Optional<Sandbox> find(Collection<Path> programs, String libraries)
      throws IOException {
    Optional<LibC> libc = LibC.find().filter(Sandbox::closesRanges);
    if (libc.isEmpty()) {
      return Optional.empty();
    }
    Sandbox sandbox = new Sandbox(libc.get(), rights(programs, libraries));
    return Optional.of(sandbox).filter(found -> !found.protection().equals(Protection.NONE));
  }

  private static boolean closesRanges(LibC libc) {
    return libc.call(
            SystemCall.CLOSE_RANGE, HIGHEST_DESCRIPTOR, HIGHEST_DESCRIPTOR, CLOSE_ON_EXEC_IN_RANGE)
        == 0;
  }

  private static boolean hasFilters(LibC libc) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocateFrom(JAVA_INT, FAIL_ACTION);
      return libc.call(SystemCall.SECCOMP, ASK_ACTION, 0, action.address()) == 0;
    }
  }

  private static Map<Path, Long> rights(Collection<Path> programs, String libraries)
      throws IOException {
    Map<Path, Long> rights = new LinkedHashMap<>();
    Libraries.readable(libraries).forEach(path -> rights.put(path, Landlock.READ | Landlock.LIST));
    Libraries.loaders().forEach(path -> rights.put(path, Landlock.READ | Landlock.EXECUTE));
    programs.forEach(path -> rights.put(path, Landlock.READ | Landlock.EXECUTE));
    rights.put(Path.of("/dev/null"), Landlock.READ | Landlock.WRITE);
    rights.keySet().removeIf(path -> !Files.exists(path));
    return rights;
  }

  /// The version (ABI) of the kernel's Landlock; 0 where there is none.
  public int landlock() {
    return landlock.version();
  }

  public Protection protection() {
    int version = landlock.version();
    return new Protection(
        version > 0,
        version >= Landlock.TCP,
        version >= Landlock.SCOPES || filters.isPresent(),
        filters.isPresent());
  }

  /// Starts a program without any input, in a group of its own. With its end ends what it started.
  ///
  /// @throws IOException when it could not be started, or not be confined
  public Process start(Launch launch) throws IOException {
    try (Pipes pipes = Pipes.open(libc)) {
      InputStream output = pipes.output();
      InputStream error = pipes.error();
      try {
        return ConfinedProcess.of(libc, confined(launch, pipes), output, error);
      } catch (IOException | RuntimeException e) {
        output.close();
        error.close();
        throw new IOException("cannot start " + launch.command().getFirst(), e);
      }
    }
  }

  /// @return the id of the program
  private int confined(Launch launch, Pipes pipes) throws IOException {
    List<String> environment =
        launch.environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .toList();
    try (Arena memory = Arena.ofConfined();
        Landlock.@Nullable Ruleset ruleset = landlock.version() > 0 ? ruleset(launch) : null;
        PosixSpawn program = new PosixSpawn(launch.command(), environment, pipes.ofProgram())) {
      ConfinedStart start =
          new ConfinedStart(
              libc,
              new ConfinedStart.Limits(
                  launch.niceness(), Optional.ofNullable(ruleset), filter(launch.port())),
              program,
              memory);
      runAlone(start);
      start.check();
      return program.child();
    }
  }

  private Optional<MemorySegment> filter(OptionalInt port) {
    return filters.map(found -> port.isPresent() ? found.network() : found.none());
  }

  private Landlock.Ruleset ruleset(Launch launch) throws IOException {
    Landlock.Ruleset ruleset = landlock.ruleset(launch.port());
    try {
      for (Map.Entry<Path, Long> entry : rights.entrySet()) {
        ruleset.allow(entry.getKey(), entry.getValue());
      }
      if (launch.folder().isPresent()) {
        ruleset.allow(launch.folder().get(), Landlock.WRITE);
      }
      return ruleset;
    } catch (IOException | RuntimeException e) {
      ruleset.close();
      throw e;
    }
  }

  private static void runAlone(ConfinedStart start) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .inheritInheritableThreadLocals(false)
            .name("confined-start")
            .start(start);
    Uninterruptibles.joinUninterruptibly(thread);
  }
}
