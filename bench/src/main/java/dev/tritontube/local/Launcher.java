package dev.tritontube.local;

import dev.tritontube.bench.Bench;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands of `./tritontube` that run whole clusters. The benchmarks are beside it.
@Command(
    name = "tritontube",
    subcommands = {Up.class, Demo.class, Bench.class})
public final class Launcher {
  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  private Launcher() {}

  /// @param arguments `up`, `demo` or `bench` and their options
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Launcher())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  static void say(String line) {
    OUT.println(line);
    OUT.flush();
  }

  static void complain(@Nullable String line) {
    ERR.println("tritontube: " + line);
    ERR.flush();
  }

  /// Says which process ends, until all have.
  static void watch(LocalCluster cluster) throws InterruptedException {
    while (cluster.processes().stream().anyMatch(ChildProcess::alive)) {
      ChildProcess ended = cluster.awaitAnyExit();
      complain(ended.name() + " ended (its log: " + ended.log() + "); the others go on");
    }
  }
}
