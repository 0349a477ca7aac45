package dev.tritontube.bench;

import dev.tritontube.local.Installation;
import dev.tritontube.local.LocalCluster;
import dev.tritontube.local.LocalCluster.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A running cluster in a temporary folder. It ends with this process, however that ends, and the
/// folder is deleted then.
///
/// @param folder has room for what a benchmark makes
public record TemporaryCluster(LocalCluster cluster, Path folder) {
  private static final int NODES = 3;

  public static TemporaryCluster start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tritontube-bench-");
    LocalCluster cluster = new LocalCluster(Installation.fromSystemProperty(), Settings.in(folder));
    TemporaryCluster temporary = new TemporaryCluster(cluster, folder);
    // Also when it is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(temporary::cleanUp));
    cluster.start(NODES);
    return temporary;
  }

  private void cleanUp() {
    cluster.close();
    // Such as an ffmpeg that makes a clip.
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      System.err.println("could not delete " + folder + ": " + e.getMessage());
    }
  }
}
