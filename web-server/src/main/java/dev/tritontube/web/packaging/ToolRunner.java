package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// Runs a program to its end: argument list and never a shell, nothing on its standard input, an
/// environment of nothing but the path to its libraries, limits, and no survivor. Thread-safe.
final class ToolRunner {
  private static final int STDERR_BYTES = 8 * 1024;
  private static final int KILLED = 128;
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Duration TURN = Duration.ofSeconds(1);

  private final Confinement confinement;

  ToolRunner(Confinement confinement) {
    this.confinement = confinement;
  }

  /// How it ended.
  ///
  /// @param code exit code, 128 + signal when killed
  /// @param complaint the end of what it wrote to its standard error
  record Exit(int code, String complaint, boolean timedOut) {
    boolean ok() {
      return code == 0 && !timedOut;
    }

    /// Whether it did not end by itself.
    boolean killed() {
      return code >= KILLED;
    }

    /// Whether it was ended for taking too much: by us, or by the system (SIGKILL, SIGXCPU).
    boolean overLimit() {
      return timedOut || code == KILLED + 9 || code == KILLED + 24;
    }
  }

  /// Takes what the program writes to its standard output.
  interface Reader {
    void read(InputStream stdout) throws IOException;
  }

  /// @throws java.util.concurrent.CancellationException when it was cancelled
  /// @throws InterruptedException when the calling thread was interrupted; the program has been
  ///   killed
  /// @throws IOException when it could not be started, or the reader failed (then it has been
  ///   killed)
  Exit run(List<String> command, ToolLimits limits, Cancellation cancellation, Reader reader)
      throws IOException, InterruptedException {
    Process process = confinement.start(command, limits);
    try {
      cancellation.started(process);
      return await(process, limits, reader, cancellation);
    } finally {
      kill(process);
      cancellation.ended();
    }
  }

  private static Exit await(
      Process process, ToolLimits limits, Reader reader, Cancellation cancellation)
      throws IOException, InterruptedException {
    FutureTask<String> complaint = new FutureTask<>(() -> complaint(process));
    FutureTask<Void> output = new FutureTask<>(() -> consume(process, reader), null);
    // A virtual thread would hold on to its carrier, and programs wait for the relay's threads.
    Thread.ofPlatform().daemon().name("ffmpeg-stderr").start(complaint);
    Thread.ofPlatform().daemon().name("ffmpeg-stdout").start(output);
    boolean ended = ends(process, limits.wall(), cancellation);
    if (!ended) {
      kill(process);
      process.waitFor();
    }
    joined(output);
    return new Exit(process.exitValue(), joined(complaint), !ended);
  }

  /// Waits for the end. The time in which the program had to stand still does not count.
  private static boolean ends(Process process, Duration wall, Cancellation cancellation)
      throws InterruptedException {
    Duration left = wall;
    while (left.isPositive()) {
      Duration turn = left.compareTo(TURN) < 0 ? left : TURN;
      if (process.waitFor(turn.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      left = cancellation.paused() ? left : left.minus(turn);
    }
    return false;
  }

  private static <T> T joined(FutureTask<T> task) throws IOException, InterruptedException {
    try {
      return task.get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw new IOException("reading the output of a program failed", e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IOException("the output of a program did not end with it", e);
    }
  }

  private static void consume(Process process, Reader reader) {
    try (InputStream stdout = process.getInputStream()) {
      reader.read(stdout);
    } catch (IOException e) {
      kill(process);
      throw new UncheckedIOException(e);
    }
  }

  private static String complaint(Process process) throws IOException {
    try (InputStream stderr = process.getErrorStream()) {
      return tail(stderr);
    }
  }

  /// Reads to the end and keeps the last bytes.
  private static String tail(InputStream stream) throws IOException {
    byte[] kept = new byte[0];
    byte[] chunk = new byte[4096];
    for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
      byte[] joined = java.util.Arrays.copyOf(kept, kept.length + count);
      System.arraycopy(chunk, 0, joined, kept.length, count);
      int from = Math.max(0, joined.length - STDERR_BYTES);
      kept = java.util.Arrays.copyOfRange(joined, from, joined.length);
    }
    return new String(kept, UTF_8).strip();
  }

  /// Sends a signal; does nothing to a program that has ended.
  static void signal(Process process, String name) {
    if (process.isAlive()) {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot send a signal", e);
      }
    }
  }

  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
