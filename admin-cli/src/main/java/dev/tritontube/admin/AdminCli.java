package dev.tritontube.admin;

import dev.tritontube.client.Retries;
import dev.tritontube.client.TritonTube;
import dev.tritontube.proto.reach.HostPort;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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
/// after jobs, over gRPC; uploads, finds and downloads videos and looks after users and keys, over
/// REST. Exit codes: 0 done, 1 failed, 2 usage, 3 unreachable, 4 refused.
@Command(
    name = "admin",
    description =
        "Adds, drains and removes storage nodes, shows and plans the ring, looks after jobs, videos, users and keys, backs up and restores the catalog.",
    subcommands = {
      NodesCommand.class,
      RingCommand.class,
      JobsCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      StatusCommand.class,
      VideosCommand.class,
      UsersCommand.class,
      KeysCommand.class
    },
    mixinStandardHelpOptions = true,
    version = "TritonTube 0.1.0",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:usage", "3:unreachable", "4:refused (it says why)"})
public final class AdminCli {
  /// Held, since loggers that nobody holds forget their level. What it would say, the commands say.
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private static final String WEB_VARIABLE = "TRITONTUBE_WEB";
  private static final int ADMIN_PORT = 8081;
  private static final int WEB_PORT = 8080;
  private static final Retries QUICK =
      new Retries(2, Duration.ofMillis(250), Duration.ofSeconds(5));

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
      names = "--web",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "Where the web server speaks HTTP, for videos, users and keys (default: TRITONTUBE_WEB, or port 8080 where --server says port 8081).")
  private @Nullable String web;

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
    line.setExecutionExceptionHandler(
        (failure, command, given) -> Failures.report(failure, command));
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

  /// Speaks HTTP to the server that the options name, for what is answered at once.
  TritonTube site() {
    return client(QUICK);
  }

  /// Speaks HTTP to the server that the options name, for what takes long: it waits for a server
  /// that is started again.
  TritonTube patientSite() {
    return client(Retries.STANDARD);
  }

  private TritonTube client(Retries retries) {
    String key = AdminKeyFile.read(Optional.ofNullable(keyFile), environment);
    Answers answers = answers();
    return builder()
        .apiKey(key)
        .retries(retries)
        .onRetry((failure, pause) -> answers.remark(WebFailures.again(failure, pause)))
        .open();
  }

  private TritonTube.Builder builder() {
    String address = site(Optional.ofNullable(web));
    try {
      return TritonTube.at(address);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--web is like http://127.0.0.1:8080, not '" + address + "'", e);
    }
  }

  private String site(Optional<String> option) {
    return option
        .or(() -> Optional.ofNullable(environment.get(WEB_VARIABLE)))
        .orElseGet(() -> beside(Session.address(server)));
  }

  /// Never another machine than the one that was named.
  private static String beside(HostPort admin) {
    if (admin.port() != ADMIN_PORT) {
      throw new UsageException(
          "where the web server of --server %s speaks HTTP is to be said with --web or %s"
              .formatted(admin, WEB_VARIABLE));
    }
    return "http://" + new HostPort(admin.host(), WEB_PORT);
  }

  Map<String, String> environment() {
    return environment;
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
