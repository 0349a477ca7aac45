package dev.tritontube.admin;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `tritontube admin`: adds, drains and removes storage nodes, shows and plans the ring, looks
/// after jobs. Exit codes: 0 done, 1 failed, 2 usage, 3 unreachable, 4 refused.
@Command(
    name = "admin",
    description =
        "Adds, drains and removes storage nodes, shows and plans the ring, looks after jobs.",
    subcommands = {NodesCommand.class, RingCommand.class, JobsCommand.class, StatusCommand.class},
    mixinStandardHelpOptions = true,
    version = "TritonTube 0.1.0",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:usage", "3:unreachable", "4:refused (it says why)"})
public final class AdminCli {
  /// Held, since loggers that nobody holds forget their level. What it would say, the commands say.
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8081",
      scope = ScopeType.INHERIT,
      description = "The admin port of a web server (default: ${DEFAULT-VALUE}).")
  private String server = "";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Holds the key alone (default: TRITONTUBE_KEY_FILE, or ./data/admin.key).")
  private @Nullable Path keyFile;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON document.")
  private boolean json;

  AdminCli(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] arguments) {
    GRPC.setLevel(Level.OFF);
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine line = new CommandLine(new AdminCli(environment));
    line.setExecutionExceptionHandler(Failures::report);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  /// The one that a command belongs to.
  static AdminCli of(CommandLine line) {
    return (AdminCli) line.getCommandSpec().root().userObject();
  }

  String server() {
    return server;
  }

  /// Connects to the server that the options name.
  Session open() {
    return Session.open(server, AdminKeyFile.read(Optional.ofNullable(keyFile), environment));
  }

  /// Where answers go.
  Answers answers() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    return new Answers(out, spec.commandLine().getErr(), json);
  }
}
