package dev.tritontube.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tritontube up`: a cluster that stays.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    version = "TritonTube 0.1.0",
    description = "A cluster on this machine, kept in a folder across restarts")
final class Up implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--nodes",
      defaultValue = "3",
      description = "storage nodes of a new cluster (default: ${DEFAULT-VALUE})")
  private int nodes;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "of the web server (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--admin-port",
      defaultValue = "8081",
      description = "of the admin service (default: ${DEFAULT-VALUE})")
  private int adminPort;

  @Option(
      names = "--node-port",
      defaultValue = "9101",
      description = "of the first node, the others follow (default: ${DEFAULT-VALUE})")
  private int nodePort;

  @Option(
      names = "--data",
      defaultValue = "data",
      description = "the folder (default: ./${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Override
  public Integer call() throws Exception {
    Launcher.require(command, nodes >= 1, "--nodes is at least 1");
    Launcher.require(
        command,
        IntStream.of(port, adminPort, nodePort, nodePort + nodes - 1).allMatch(Launcher::isPort),
        "a port is 0 (any free one) to 65535, that of the last node too");
    var settings = new LocalCluster.Settings(data, port, adminPort, nodePort, Map.of());
    LocalCluster cluster = new LocalCluster(Installation.fromSystemProperty(), settings);
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    cluster.start(nodes);
    Launcher.say(
        "TritonTube is up: "
            + cluster.webUri()
            + "  (admin "
            + cluster.adminAddress()
            + ", key in "
            + cluster.keyFile()
            + ")");
    Launcher.say("Ctrl-C stops it.");
    Launcher.watch(cluster);
    return 1;
  }
}
