package dev.tritontube.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One running program of a cluster: its log, its pid file, and the ways in which it can be made to
/// suffer.
public final class ChildProcess {
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(2);

  /// What a shell, and Java, add to the number of the signal that ended a process.
  private static final int SIGNAL = 128;

  private final String name;
  private final Process process;
  private final Thread logging;
  private final Path log;

  private ChildProcess(String name, Process process, Thread logging, Path log) {
    this.name = name;
    this.process = process;
    this.logging = logging;
    this.log = log;
  }

  /// Starts a program.
  static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path pidFile, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    Files.writeString(pidFile, process.pid() + "\n");
    // Reading a pipe holds on to its carrier; on a small machine a few children would take all.
    Thread logging =
        Thread.ofPlatform().daemon().name("log-" + name).start(() -> copyLog(process, log));
    return new ChildProcess(name, process, logging, log);
  }

  private static void copyLog(Process process, Path log) {
    try (var printed = process.getInputStream()) {
      new RotatingLog(log).copy(printed);
    } catch (IOException e) {
      throw new UncheckedIOException("the log " + log + " could not be written", e);
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public Path log() {
    return log;
  }

  // Signals go through the handle: Process.destroy would also close the stream that the log is
  // copied from.

  /// SIGKILL. Returns when the process is gone.
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
    logging.join();
  }

  /// SIGTERM, and SIGKILL for what does not end in time.
  ///
  /// @return the exit code
  public int stop(Duration patience) throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.toHandle().destroyForcibly();
    }
    int exitCode = process.waitFor();
    logging.join();
    return exitCode;
  }

  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  /// Waits for the end.
  ///
  /// @return how it ended, in words
  String awaitEnd() throws InterruptedException {
    int exitCode = process.waitFor();
    logging.join(LOG_PATIENCE);
    if (exitCode > SIGNAL) {
      return name + " was ended by signal " + (exitCode - SIGNAL);
    }
    // What a program says of its end by itself is no JSON.
    String last = lastWords().lines().reduce("", (_, line) -> line);
    return name
        + " ended with exit code "
        + exitCode
        + (last.isBlank() || last.startsWith("{") ? "" : " (" + last.strip() + ")");
  }

  /// SIGSTOP: the process is there, but does nothing.
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// SIGCONT.
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int exitCode =
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (exitCode != 0) {
      throw new IOException(
          "kill -" + signal + " of " + name + " (" + pid() + ") ended with " + exitCode);
    }
  }

  /// The last lines of the log, for a message that says why a process ended.
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }
}
