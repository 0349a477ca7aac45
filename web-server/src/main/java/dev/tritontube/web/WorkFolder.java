package dev.tritontube.web;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Where a process makes what only it needs, such as named pipes. Goes with the process, or, when
/// that was killed, with the next one that opens a folder at the same place. A lock, which ends
/// with its process however that ends, tells which folders are in use: several processes may work
/// beside each other on one data folder.
final class WorkFolder implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path path;
  private final Path lockFile;
  private final FileChannel lock;

  private WorkFolder(Path path, Path lockFile, FileChannel lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /// Makes the folder of a process, and clears away those of dead ones.
  ///
  /// @param all where folders of this kind are
  /// @param instance names the process, and no other before it
  static WorkFolder open(Path all, String instance) throws IOException {
    Files.createDirectories(all);
    clear(all);
    Path lockFile = all.resolve(instance + LOCK);
    FileChannel lock =
        FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      lock.lock();
      Path path = Files.createDirectory(all.resolve(instance));
      return new WorkFolder(path, lockFile, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// An existing folder.
  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      deleteAll(path);
      Files.deleteIfExists(lockFile);
    }
  }

  private static void clear(Path all) throws IOException {
    List<Path> found;
    try (Stream<Path> there = Files.list(all)) {
      found = there.filter(Files::isDirectory).toList();
    }
    for (Path folder : found) {
      Path lockFile = all.resolve(folder.getFileName() + LOCK);
      if (!inUse(lockFile)) {
        deleteAll(folder);
        Files.deleteIfExists(lockFile);
      }
    }
  }

  /// A lock is there before its folder.
  private static boolean inUse(Path lockFile) throws IOException {
    if (!Files.exists(lockFile)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      return free == null;
    } catch (OverlappingFileLockException e) {
      return true; // By this very process.
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> found = Files.walk(folder)) {
      deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
