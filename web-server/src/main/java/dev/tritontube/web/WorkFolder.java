package dev.tritontube.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Where a process makes what only it needs, such as named pipes. Goes with the process, or with
/// the next one that opens a folder at the same place.
///
/// @param path an existing folder
record WorkFolder(Path path) implements AutoCloseable {

  /// Makes the folder of a process.
  ///
  /// @param all folders of this kind; the others there are of processes that were killed, since a
  ///   data folder belongs to one process at a time
  static WorkFolder open(Path all, String instance) throws IOException {
    deleteAll(all);
    return new WorkFolder(Files.createDirectories(all.resolve(instance)));
  }

  @Override
  public void close() throws IOException {
    deleteAll(path);
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> found = Files.walk(folder)) {
      deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
