package dev.tritontube.node.engine;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of the real file system.
final class NioDisk implements Disk {
  /// What people upload is in the files.
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path folder;
  private final DirectWrites direct = new DirectWrites();

  NioDisk(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public DiskFile create(String name, long bytes) throws IOException {
    Path path = folder.resolve(name);
    return translating(
        () -> {
          FileChannel channel = FileChannel.open(path, Set.of(CREATE_NEW, READ, WRITE), PRIVATE);
          try {
            Preallocation.reserve(path, channel, bytes);
            return new NioFile(channel, direct.open(path));
          } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(path);
            throw e;
          }
        });
  }

  @Override
  public DiskFile open(String name) throws IOException {
    return new NioFile(FileChannel.open(folder.resolve(name), READ, WRITE), Optional.empty());
  }

  @Override
  public void rename(String from, String to) throws IOException {
    translating(
        () ->
            Files.move(
                folder.resolve(from),
                folder.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING));
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(folder.resolve(name));
  }

  @Override
  public void syncDirectory() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      new NioFile(channel, Optional.empty()).force(true);
    }
  }

  @Override
  public Closeable lock(String name) throws IOException {
    FileChannel channel = FileChannel.open(folder.resolve(name), CREATE, WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Taken by this very process: the same as taken by another.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new FolderInUseException("another process works in the data folder " + folder);
  }

  @Override
  public long usableBytes() {
    return folder.toFile().getUsableSpace();
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private static <T> T translating(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (IOException e) {
      throw translated(e);
    }
  }

  /// The JDK tells a want of room by the system's message only.
  private static IOException translated(IOException failure) {
    @Nullable String message = failure.getMessage();
    if (message == null
        || failure instanceof DiskFullException
        || !(message.contains("No space left") || message.contains("quota exceeded"))) {
      return failure;
    }
    DiskFullException translated = new DiskFullException(message);
    translated.initCause(failure);
    return translated;
  }

  /// @param direct the same file, of which large writes go past the page cache; empty when they
  ///   cannot, or when little is written
  private record NioFile(FileChannel channel, Optional<DirectWrites.Target> direct)
      implements DiskFile {
    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      int total = 0;
      while (target.hasRemaining()) {
        int count = channel.read(target, position + total);
        if (count < 0) {
          break;
        }
        total += count;
      }
      return total;
    }

    @Override
    public void write(List<ByteBuffer> sources, long position) throws IOException {
      translating(
          () -> {
            long begun = position;
            if (direct.isPresent()) {
              begun += direct.get().write(sources, position, channel);
            }
            return write(sources.toArray(ByteBuffer[]::new), begun);
          });
    }

    private FileChannel write(ByteBuffer[] buffers, long position) throws IOException {
      channel.position(position);
      int first = 0;
      while (first < buffers.length) {
        channel.write(buffers, first, buffers.length - first);
        while (first < buffers.length && !buffers[first].hasRemaining()) {
          first++;
        }
      }
      return channel;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      translating(
          () -> {
            channel.force(metadata);
            return channel;
          });
    }

    @Override
    public void truncate(long bytes) throws IOException {
      translating(() -> channel.truncate(bytes));
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      try {
        if (direct.isPresent()) {
          direct.get().close();
        }
      } finally {
        channel.close();
      }
    }
  }
}
