package dev.tritontube.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The addresses of uploads that have not ended, in the user's folder for what programs remember,
/// so that the same command goes on where it was. A file each, named by what is uploaded and where
/// to, which holds the address alone; whoever uploads holds its lock.
final class KeptUploads {
  /// Longer than a server waits for the next byte.
  private static final Duration LIFETIME = Duration.ofDays(2);

  private static final int LONGEST_ADDRESS = 4096;

  private final Path folder;

  KeptUploads(Path folder) {
    this.folder = folder;
  }

  /// `$XDG_STATE_HOME/tritontube/uploads`, or below `~/.local/state`.
  static KeptUploads of(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")));
    Path base = state.isEmpty() ? home.resolve(".local/state") : Path.of(state);
    return new KeptUploads(base.resolve("tritontube").resolve("uploads"));
  }

  /// What is known of the upload of a file, which nobody else uploads until this is closed.
  ///
  /// @param server where to
  /// @throws java.nio.file.FileSystemException when nothing can be kept
  /// @throws IOException when another command uploads it
  Kept open(URI server, Path file) throws IOException {
    Path entry = folder.resolve(name(server, file));
    Files.createDirectories(folder);
    forgetOld();
    FileChannel channel =
        FileChannel.open(
            entry, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new Kept(entry, channel);
      }
    } catch (OverlappingFileLockException _) {
      // By this process: the file is named twice.
    }
    channel.close();
    throw new IOException(file + " is being uploaded by another command");
  }

  private static String name(URI server, Path file) throws IOException {
    Path real = file.toRealPath();
    FileTime changed = Files.getLastModifiedTime(real);
    String upload =
        String.join(
            "\n",
            server.toString(),
            real.toString(),
            Long.toString(Files.size(real)),
            changed.toInstant().toString());
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(upload.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void forgetOld() throws IOException {
    Instant old = Instant.now().minus(LIFETIME);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.getLastModifiedTime(entry).toInstant().isBefore(old)) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  /// What is known of one upload.
  static final class Kept implements AutoCloseable {
    private final Path entry;
    private final @Nullable FileChannel channel;

    private Kept(Path entry, @Nullable FileChannel channel) {
      this.entry = entry;
      this.channel = channel;
    }

    /// Where nothing can be kept.
    static Kept nowhere() {
      return new Kept(Path.of(""), null);
    }

    /// Where the upload is that was begun, if one was.
    Optional<URI> address() throws IOException {
      if (channel == null) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.allocate(LONGEST_ADDRESS);
      channel.read(bytes, 0);
      String text = UTF_8.decode(bytes.flip()).toString().strip();
      return text.matches("https?://[!-~]+") ? Optional.of(URI.create(text)) : Optional.empty();
    }

    /// Keeps an address over a crash.
    void keep(URI address) throws IOException {
      if (channel != null) {
        channel.truncate(0);
        channel.write(UTF_8.encode(address + "\n"), 0);
        channel.force(true);
      }
    }

    /// The upload is over.
    void forget() throws IOException {
      if (channel != null) {
        channel.truncate(0);
      }
    }

    /// Leaves nothing behind of what is not under way.
    @Override
    public void close() throws IOException {
      try (channel) {
        if (channel != null && channel.size() == 0) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }
}
