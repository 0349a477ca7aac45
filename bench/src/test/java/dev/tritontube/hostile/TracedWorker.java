package dev.tritontube.hostile;

import dev.tritontube.local.Installation;
import dev.tritontube.local.Installation.Program;
import dev.tritontube.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A worker of a cluster under strace, and how much memory it and its programs take.
final class TracedWorker implements AutoCloseable {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final long LOOKS_NANOS = 20_000_000;

  private final Path folder;
  private final Process strace;
  private final Thread watching = Thread.ofPlatform().daemon().unstarted(this::watch);
  private final Map<String, Long> peaks = new ConcurrentHashMap<>();
  private volatile boolean over;

  private TracedWorker(Path folder, Process strace) {
    this.folder = folder;
    this.strace = strace;
  }

  /// @param folder for what it says and what is seen of it
  static TracedWorker start(LocalCluster cluster, Path folder) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-qq",
                "-s",
                "200",
                "-e",
                Trace.CALLS,
                "-e",
                "signal=none",
                "-o",
                folder.resolve("trace").toString(),
                "--"));
    Installation installation = cluster.installation();
    command.addAll(
        installation.command(
            Program.WEB_SERVER,
            List.of(
                "--roles",
                "worker",
                "--port",
                "0",
                "--admin-port",
                "0",
                "--data",
                cluster.data().toString(),
                "--sandbox",
                "required",
                "--port-file",
                folder.resolve("ports").toString())));
    Process strace =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("worker.log").toFile())
            .start();
    TracedWorker worker = new TracedWorker(folder, strace);
    worker.watching.start();
    return worker;
  }

  boolean works() {
    return strace.isAlive() && Files.exists(folder.resolve("ports"));
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("worker.log"));
  }

  /// What ffmpeg and ffprobe did. To be asked after the end.
  Trace trace() throws IOException {
    return Trace.read(folder.resolve("trace"));
  }

  /// The most memory that any process of a name had, in bytes.
  Map<String, Long> peaks() {
    return peaks;
  }

  /// Programs that run now.
  List<String> programs() {
    return strace
        .descendants()
        .flatMap(process -> process.info().command().stream())
        .filter(command -> command.endsWith("ffmpeg") || command.endsWith("ffprobe"))
        .toList();
  }

  private void watch() {
    while (!over) {
      strace.descendants().forEach(this::look);
      LockSupport.parkNanos(LOOKS_NANOS);
    }
  }

  private void look(ProcessHandle process) {
    try {
      String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
      Matcher peak = PEAK.matcher(status);
      if (peak.find()) {
        String name = status.lines().findFirst().orElse("").replaceFirst("Name:\\s+", "");
        peaks.merge(name, Long.parseLong(peak.group(1)) << 10, Math::max);
      }
    } catch (IOException e) {
      // It has ended meanwhile.
    }
  }

  /// Stops the worker as an administrator would, and waits for its end.
  @Override
  public void close() {
    over = true;
    strace.children().forEach(ProcessHandle::destroy);
    try {
      if (!strace.waitFor(30, TimeUnit.SECONDS)) {
        strace.descendants().forEach(ProcessHandle::destroyForcibly);
        strace.destroyForcibly();
      }
      watching.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
