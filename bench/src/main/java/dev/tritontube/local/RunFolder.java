package dev.tritontube.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// `DIR/run`: what is known of the processes of a cluster, for one cluster at a time.
final class RunFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private RunFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Keeps other clusters off a data folder until it is closed, or this process ends.
  ///
  /// @throws IOException when another one has it, or processes of an earlier one still run
  static RunFolder claim(Path data) throws IOException {
    Path folder =
        Files.createDirectories(
            data.resolve("run"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    RunFolder run = new RunFolder(folder, lock);
    try {
      if (!run.lock()) {
        throw new IOException("another cluster runs in " + data);
      }
      run.requireNobodyLeft(data);
      return run;
    } catch (IOException e) {
      run.close();
      throw e;
    }
  }

  private boolean lock() throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  /// A cluster whose launcher was killed goes on without it.
  private void requireNobodyLeft(Path data) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pid")) {
      for (Path file : files) {
        if (runsOn(data, Files.readString(file).strip())) {
          throw new IOException(
              "a process of an earlier start still runs in "
                  + data
                  + ": stop it first ("
                  + file
                  + ")");
        }
      }
    }
  }

  private static boolean runsOn(Path data, String pid) {
    return pid.matches("\\d{1,18}")
        && ProcessHandle.of(Long.parseLong(pid))
            .flatMap(process -> process.info().commandLine())
            .filter(command -> command.contains(data.toString()))
            .isPresent();
  }

  /// False once it is closed.
  boolean claimed() {
    return lock.isOpen();
  }

  Path pidFile(String name) {
    return folder.resolve(name + ".pid");
  }

  /// Is there when the program listens.
  Path portFile(String name) {
    return folder.resolve(name + ".port");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
