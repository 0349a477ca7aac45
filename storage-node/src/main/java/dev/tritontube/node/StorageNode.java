package dev.tritontube.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The storage node's command. Exit codes: 0 stopped when asked to, 1 could not run and says why in
/// one line, 2 wrong usage.
@Command(
    name = "node",
    description = "Stores blobs for a TritonTube cluster.",
    mixinStandardHelpOptions = true,
    version = "TritonTube 0.1.0",
    sortOptions = false)
public final class StorageNode implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Spec private CommandSpec command = CommandSpec.create();

  @Option(names = "--port", required = true, description = "gRPC port; 0 takes any free one")
  private int port;

  @Option(names = "--data", required = true, description = "folder of this node's data")
  private Path data = Path.of("");

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "address to listen on (default ${DEFAULT-VALUE})")
  private String host = "127.0.0.1";

  @Option(
      names = "--zone",
      defaultValue = "default",
      description = "what fails together with this node (default ${DEFAULT-VALUE})")
  private String zone = "default";

  @Option(
      names = "--capacity",
      converter = ByteSize.class,
      description = "what blobs may use, such as 500G (default: the file system's size)")
  private long capacity = Long.MAX_VALUE;

  @Option(
      names = "--volume-size",
      defaultValue = "1G",
      converter = ByteSize.class,
      description = "size of a volume file (default ${DEFAULT-VALUE})")
  private long volumeSize;

  @Option(
      names = "--receive-buffers",
      defaultValue = "128M",
      converter = ByteSize.class,
      description = "memory in which blobs are received (default ${DEFAULT-VALUE})")
  private long receiveBuffers;

  @Option(
      names = "--metrics-port",
      defaultValue = "0",
      description = "port of Prometheus metrics at /metrics; 0 = none (default)")
  private int metricsPort;

  @Option(names = "--port-file", description = "file that gets the gRPC port once it is bound")
  private @Nullable Path portFile;

  @Option(names = "--config", description = "file of keys such as volume-size = 64M")
  private @Nullable Path config;

  /// Starts a node and waits until it is told to stop.
  public static void main(String[] arguments) {
    Logs.choose();
    System.exit(run(System.getenv(), arguments));
  }

  static int run(Map<String, String> environment, String... arguments) {
    CommandLine command = new CommandLine(new StorageNode());
    command.setExecutionExceptionHandler(
        (failure, _, _) -> complain(command.getErr(), reason(failure), FAILED));
    try {
      command.setDefaultValueProvider(
          Layers.read(environment, configFile(environment, arguments), keys(command)));
    } catch (IOException failure) {
      return complain(command.getErr(), reason(failure), USAGE);
    }
    return command.execute(arguments);
  }

  private static Set<String> keys(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .map(name -> name.substring("--".length()))
        .filter(key -> !Set.of("config", "help", "version").contains(key))
        .collect(Collectors.toSet());
  }

  /// The file has to be known before the flags can be read with what it says.
  private static @Nullable Path configFile(Map<String, String> environment, String[] arguments) {
    String file = environment.get(Layers.variable("config"));
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--config=")) {
        file = arguments[i].substring("--config=".length());
      } else if (arguments[i].equals("--config") && i + 1 < arguments.length) {
        file = arguments[i + 1];
      }
    }
    return file == null ? null : Path.of(file);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    try (RunningNode node = RunningNode.start(settings())) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    node.close();
                    stopped.countDown();
                  },
                  "stop"));
      stopped.await();
    }
    return 0;
  }

  private NodeConfig settings() {
    try {
      return new NodeConfig(
          host,
          port,
          data,
          zone,
          capacity,
          volumeSize,
          receiveBuffers,
          metricsPort,
          Optional.ofNullable(portFile));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static int complain(PrintWriter target, String reason, int exitCode) {
    target.println("storage node: " + reason.lines().collect(Collectors.joining(" ")));
    target.flush();
    return exitCode;
  }

  private static String reason(Exception failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileSystemException file ->
          file.getFile() + ": " + Optional.ofNullable(file.getReason()).orElse("cannot be used");
      default -> Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    };
  }
}
