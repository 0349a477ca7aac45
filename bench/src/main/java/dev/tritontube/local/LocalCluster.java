package dev.tritontube.local;

import dev.tritontube.local.Installation.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Storage nodes and a web server as separate processes on loopback, all their data in one folder.
///
/// The folder has `node-1`, `node-2`, … (data of the nodes), `catalog.db` and `admin.key` (the web
/// server's), `run` (pid files) and `log`. A port that was given to a program is kept for its next
/// start. For one thread.
public final class LocalCluster implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  /// @param data the folder
  /// @param webPort 0 = a free one
  /// @param adminPort 0 = a free one
  /// @param nodePort of the first node, the others follow; 0 = free ones
  /// @param environment of every program, such as `TRITONTUBE_CACHE_BYTES`
  public record Settings(
      Path data, int webPort, int adminPort, int nodePort, Map<String, String> environment) {
    public Settings {
      data = data.toAbsolutePath().normalize();
      environment = Map.copyOf(environment);
    }

    /// Free ports everywhere and volumes that fit a short life.
    public static Settings in(Path data) {
      return new Settings(data, 0, 0, 0, Map.of("TRITONTUBE_VOLUME_SIZE", "64M"));
    }

    public Settings with(String variable, String value) {
      Map<String, String> more = new HashMap<>(environment);
      more.put(variable, value);
      return new Settings(data, webPort, adminPort, nodePort, more);
    }
  }

  private final Installation installation;
  private final Settings settings;
  private final SortedMap<Integer, ChildProcess> nodes = new TreeMap<>();
  private final Map<Integer, Integer> nodePorts = new HashMap<>();
  private final SortedMap<Integer, ChildProcess> workers = new TreeMap<>();
  private @Nullable ChildProcess web;
  private @Nullable RunFolder run;
  private volatile boolean stopping;
  private int webPort;
  private int adminPort;

  public LocalCluster(Installation installation, Settings settings) {
    this.installation = installation;
    this.settings = settings;
    this.webPort = settings.webPort();
    this.adminPort = settings.adminPort();
  }

  /// Starts what the folder holds: the nodes that were there before, or `fresh` new ones, and the
  /// web server.
  ///
  /// A node that was there before and does not start any more is no failure: the others go on
  /// without it.
  ///
  /// @throws IOException when the folder is another cluster's, or a program ends or is not ready in
  ///   time; its last words are in the message
  public void start(int fresh) throws IOException, InterruptedException {
    stopping = false;
    if (run == null || !run.claimed()) {
      run = RunFolder.claim(settings.data());
    }
    int known = knownNodes();
    int count = known == 0 ? fresh : known;
    for (int number = 1; number <= count; number++) {
      launchNode(number);
    }
    launchWeb();
    await(web(), this::webReady);
    for (ChildProcess node : nodes.values()) {
      if (known == 0 && !node.alive()) {
        throw new IOException(node.name() + " ended while it started:\n" + node.lastWords());
      }
    }
  }

  /// How many nodes have data in the folder.
  public int knownNodes() {
    int known = 0;
    while (Files.isDirectory(nodeFolder(known + 1))) {
      known++;
    }
    return known;
  }

  /// Starts a node (again) and waits until it listens.
  public void startNode(int number) throws IOException, InterruptedException {
    launchNode(number);
    await(node(number), () -> listens(node(number)));
  }

  private int nodePort(int number) {
    return nodePorts.computeIfAbsent(
        number, n -> settings.nodePort() == 0 ? freePort() : settings.nodePort() + n - 1);
  }

  private void launchNode(int number) throws IOException {
    int port = nodePort(number);
    List<String> arguments =
        List.of("--port", Integer.toString(port), "--data", nodeFolder(number).toString());
    nodes.put(number, launch("node-" + number, Program.STORAGE_NODE, arguments, Map.of()));
  }

  /// Starts the web server (again) and waits until it is ready.
  public void startWeb() throws IOException, InterruptedException {
    launchWeb();
    await(web(), this::webReady);
  }

  /// Starts the web server (again) with other environment variables than it has by the settings.
  public void startWeb(Map<String, String> environment) throws IOException, InterruptedException {
    launchWeb(environment);
    await(web(), this::webReady);
  }

  /// Starts the web server (again) and does not wait.
  public void launchWeb() throws IOException {
    launchWeb(Map.of());
  }

  private void launchWeb(Map<String, String> environment) throws IOException {
    webPort = webPort == 0 ? freePort() : webPort;
    adminPort = adminPort == 0 ? freePort() : adminPort;
    List<String> arguments = new ArrayList<>(List.of("--port", Integer.toString(webPort)));
    arguments.addAll(
        List.of("--admin-port", Integer.toString(adminPort), "--data", settings.data().toString()));
    if (!nodes.isEmpty()) {
      arguments.addAll(
          List.of(
              "--nodes",
              String.join(",", nodes.keySet().stream().map(this::nodeAddress).toList())));
    }
    web = launch("web", Program.WEB_SERVER, arguments, environment);
  }

  /// Starts a process (again) that only encodes, on the web server's catalog, and waits until it
  /// listens.
  public void startWorker(int number) throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "--roles",
            "worker",
            "--port",
            "0",
            "--admin-port",
            "0",
            "--data",
            settings.data().toString());
    ChildProcess worker = launch("worker-" + number, Program.WEB_SERVER, arguments, Map.of());
    workers.put(number, worker);
    await(worker, () -> listens(worker));
  }

  public ChildProcess worker(int number) {
    ChildProcess worker = workers.get(number);
    if (worker == null) {
      throw new IllegalArgumentException("worker " + number + " was not started");
    }
    return worker;
  }

  private ChildProcess launch(
      String name, Program program, List<String> arguments, Map<String, String> environment)
      throws IOException {
    Map<String, String> all = new HashMap<>(settings.environment());
    all.putAll(environment);
    Path portFile = run().portFile(name);
    Files.deleteIfExists(portFile);
    List<String> complete = new ArrayList<>(arguments);
    complete.addAll(List.of("--port-file", portFile.toString()));
    Path log = Files.createDirectories(settings.data().resolve("log")).resolve(name + ".log");
    return ChildProcess.start(
        name, installation.command(program, complete), all, run().pidFile(name), log);
  }

  private RunFolder run() {
    if (run == null) {
      throw new IllegalStateException("the cluster was not started");
    }
    return run;
  }

  public ChildProcess node(int number) {
    ChildProcess node = nodes.get(number);
    if (node == null) {
      throw new IllegalArgumentException("node " + number + " was not started");
    }
    return node;
  }

  public ChildProcess web() {
    if (web == null) {
      throw new IllegalStateException("the web server was not started");
    }
    return web;
  }

  /// Every process that was started, running or not, the web server last.
  public List<ChildProcess> processes() {
    List<ChildProcess> all = new ArrayList<>(nodes.values());
    all.addAll(workers.values());
    if (web != null) {
      all.add(web);
    }
    return all;
  }

  public String nodeAddress(int number) {
    return "127.0.0.1:" + nodePort(number);
  }

  public Path nodeFolder(int number) {
    return settings.data().resolve("node-" + number);
  }

  public URI webUri() {
    return URI.create("http://127.0.0.1:" + webPort);
  }

  public String adminAddress() {
    return "127.0.0.1:" + adminPort;
  }

  public Path keyFile() {
    return settings.data().resolve("admin.key");
  }

  public Path data() {
    return settings.data();
  }

  public Installation installation() {
    return installation;
  }

  /// A REST client with the administrator's key.
  public RestClient rest() throws IOException {
    return new RestClient(webUri(), Files.readString(keyFile()).strip());
  }

  /// The command line of the admin CLI on this cluster.
  public List<String> adminCommand(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--server", adminAddress(), "--key-file", keyFile().toString()));
    all.addAll(List.of(arguments));
    return installation.command(Program.ADMIN_CLI, all);
  }

  /// True while it is being stopped, or was.
  boolean stopping() {
    return stopping;
  }

  /// SIGTERM to the web server, then to workers and nodes; SIGKILL to what does not end within 20
  /// s.
  @Override
  public void close() {
    stopping = true;
    try (RunFolder _ = run) {
      if (web != null) {
        web.stop(STOP_PATIENCE);
      }
      for (ChildProcess worker : workers.values()) {
        worker.stop(STOP_PATIENCE);
      }
      for (ChildProcess node : nodes.values()) {
        node.stop(STOP_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean webReady() {
    return listens(web()) && new RestClient(webUri(), "").ready();
  }

  /// Asks the process itself: somebody else may listen on the port that it was given.
  private boolean listens(ChildProcess process) {
    return Files.exists(run().portFile(process.name()));
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(ChildProcess process, Condition ready)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!ready.holds()) {
      if (!process.alive()) {
        throw new IOException(process.name() + " ended while it started:\n" + process.lastWords());
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(process.name() + " was not ready in time:\n" + process.lastWords());
      }
      Thread.sleep(Duration.ofMillis(50));
    }
  }

  /// A port that nobody listens on now.
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
