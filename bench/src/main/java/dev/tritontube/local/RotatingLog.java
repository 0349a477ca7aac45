package dev.tritontube.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Copies what a process prints to a file, and starts a new file when it has grown: at most 6 files
/// of about 10 MiB.
final class RotatingLog {
  private static final long MAX_BYTES = 10 << 20;
  private static final int KEPT = 5;

  private final Path file;

  RotatingLog(Path file) {
    this.file = file;
  }

  /// Copies until the stream ends.
  void copy(InputStream printed) throws IOException {
    byte[] buffer = new byte[16 << 10];
    int read = 0;
    while (read >= 0) {
      if (Files.exists(file) && Files.size(file) >= MAX_BYTES) {
        rotate();
      }
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        for (long written = Files.size(file);
            written < MAX_BYTES && (read = printed.read(buffer)) >= 0;
            written += read) {
          out.write(buffer, 0, read);
        }
      }
    }
  }

  private void rotate() throws IOException {
    for (int age = KEPT; age > 0; age--) {
      Path younger = age == 1 ? file : numbered(age - 1);
      if (Files.exists(younger)) {
        Files.move(younger, numbered(age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path numbered(int age) {
    return file.resolveSibling(file.getFileName() + "." + age);
  }
}
