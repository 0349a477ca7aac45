package dev.tritontube.local;

import dev.tritontube.bench.Bench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The commands of `./tritontube` that run whole clusters. The benchmarks are beside it.
@Command(
    name = "tritontube",
    subcommands = {Up.class, Demo.class, Check.class, Bench.class})
public final class Launcher {
  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  private Launcher() {}

  /// @param arguments `up`, `demo`, `check` or `bench` and their options
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Launcher())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((failure, _, _) -> report(failure))
            .execute(arguments));
  }

  private static int report(Exception failure) throws Exception {
    if (!(failure instanceof IOException io)) {
      throw failure;
    }
    complain(reason(io));
    return 1;
  }

  private static @Nullable String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileAlreadyExistsException taken -> taken.getFile() + " is not a folder";
      case FileSystemException file ->
          file.getFile() + ": " + (file.getReason() == null ? "cannot be used" : file.getReason());
      default -> failure.getMessage();
    };
  }

  /// @throws ParameterException with the rule, when the condition does not hold
  static void require(CommandSpec command, boolean condition, String rule) {
    if (!condition) {
      throw new ParameterException(command.commandLine(), rule);
    }
  }

  static boolean isPort(int port) {
    return port >= 0 && port <= 65535;
  }

  static void say(String line) {
    OUT.println(line);
    OUT.flush();
  }

  static void complain(@Nullable String line) {
    ERR.println("tritontube: " + line);
    ERR.flush();
  }

  /// Says how processes end, until all have.
  static void watch(LocalCluster cluster) {
    ChildWatch.untilAllEnded(cluster, Launcher::complain);
    if (!cluster.stopping()) {
      complain("nothing runs any more");
    }
  }
}
