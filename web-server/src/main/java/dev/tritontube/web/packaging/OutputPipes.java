package dev.tritontube.web.packaging;

import dev.tritontube.manifests.mp4.MalformedMp4Exception;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Named pipes in a private folder, one for each output of a program: nothing is written to the
/// disk, and a slow consumer slows the program down. For one run.
///
/// Each pipe is also held open for writing here, so that opening its reading end never waits for a
/// program that may not come; when that is let go, after the program's end, the reader comes to the
/// end.
final class OutputPipes implements AutoCloseable {
  private final Path folder;
  private final List<Path> paths;
  private final List<Closeable> keepers;
  private final List<FutureTask<Outcome>> readers = new ArrayList<>();

  private OutputPipes(Path folder, List<Path> paths, List<Closeable> keepers) {
    this.folder = folder;
    this.paths = paths;
    this.keepers = keepers;
  }

  /// How the outputs were; the worst of them counts.
  enum Outcome {
    COMPLETE,
    /// The program stopped writing too early.
    CUT_OFF,
    /// What it wrote is not what was planned.
    UNPLANNED
  }

  /// Reads one output to its end.
  interface Consumer {
    /// @return whether all was there that was expected
    /// @throws MalformedMp4Exception when something else was there
    /// @throws EOFException when it ended in the middle
    boolean consume(InputStream output) throws IOException;
  }

  static OutputPipes create(Path workFolder, int count) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(workFolder, "encode-");
    OutputPipes pipes = new OutputPipes(folder, new ArrayList<>(), new ArrayList<>());
    try {
      pipes.make(count);
      return pipes;
    } catch (IOException | InterruptedException e) {
      pipes.close();
      throw e;
    }
  }

  private void make(int count) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
    for (int i = 0; i < count; i++) {
      paths.add(folder.resolve(i + ".pipe"));
      command.add(paths.getLast().toString());
    }
    if (new ProcessBuilder(command).start().waitFor() != 0) {
      throw new IOException("cannot make pipes in " + folder);
    }
    for (Path path : paths) {
      keepers.add(new RandomAccessFile(path.toFile(), "rw"));
    }
  }

  /// In which there is nothing but the pipes.
  Path folder() {
    return folder;
  }

  /// In the order of the consumers.
  List<Path> paths() {
    return paths;
  }

  /// Starts a thread for each pipe. When one fails, the program is killed.
  void read(List<Consumer> consumers, Cancellation cancellation) throws IOException {
    for (int i = 0; i < consumers.size(); i++) {
      InputStream pipe = new FileInputStream(paths.get(i).toFile());
      keepers.add(pipe);
      Consumer consumer = consumers.get(i);
      FutureTask<Outcome> reader = new FutureTask<>(() -> consume(consumer, pipe, cancellation));
      readers.add(reader);
      Thread.ofPlatform().daemon().name("encode-output-" + i).start(reader);
    }
  }

  private static Outcome consume(Consumer consumer, InputStream pipe, Cancellation cancellation)
      throws IOException {
    try {
      return consumer.consume(pipe) ? Outcome.COMPLETE : Outcome.CUT_OFF;
    } catch (EOFException e) {
      return Outcome.CUT_OFF;
    } catch (MalformedMp4Exception e) {
      cancellation.killRunning();
      return Outcome.UNPLANNED;
    } catch (IOException | RuntimeException e) {
      cancellation.killRunning();
      throw e;
    }
  }

  /// Waits for the consumers after the program has ended.
  ///
  /// @throws IOException what a consumer failed with
  Outcome await() throws IOException, InterruptedException {
    for (int i = 0; i < paths.size(); i++) {
      keepers.get(i).close();
    }
    Outcome worst = Outcome.COMPLETE;
    for (FutureTask<Outcome> reader : readers) {
      try {
        Outcome outcome = reader.get();
        worst = outcome.compareTo(worst) > 0 ? outcome : worst;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IOException("reading the encoder's output failed", e.getCause());
      }
    }
    return worst;
  }

  @Override
  public void close() throws IOException {
    for (Closeable keeper : keepers) {
      keeper.close();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
    Files.deleteIfExists(folder);
  }
}
