package dev.tritontube.node.engine;

import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Large writes past the page cache (`O_DIRECT`), for the writer's thread of one disk.
///
/// What a node stores is written once and read by few, since web servers keep what is asked for
/// often. In the page cache it would push out what is read, and most of what a write costs there is
/// taking memory for it.
final class DirectWrites {
  private static final Logger log = LoggerFactory.getLogger(DirectWrites.class);

  /// Less than that is not worth a write of its own for what is not aligned.
  private static final int LEAST_BYTES = 256 << 10;

  private static final int STAGING_BYTES = 1 << 20;

  /// No page is written both ways at once.
  private static final int PAGE_BYTES = 4 << 10;

  /// Of any file system's and disk's blocks.
  private static final int MAX_BLOCK_BYTES = 64 << 10;

  private final ByteBuffer staging =
      ByteBuffer.allocateDirect(STAGING_BYTES + MAX_BLOCK_BYTES)
          .alignedSlice(MAX_BLOCK_BYTES)
          .slice(0, STAGING_BYTES);
  private boolean told;

  /// Empty where the file system cannot do that.
  ///
  /// @param path of a file that exists
  Optional<Target> open(Path path) throws IOException {
    long block = Math.max(PAGE_BYTES, Files.getFileStore(path).getBlockSize());
    try {
      if (block <= MAX_BLOCK_BYTES) {
        return Optional.of(
            new Target(FileChannel.open(path, WRITE, ExtendedOpenOption.DIRECT), block));
      }
    } catch (IOException | UnsupportedOperationException e) {
      tell(path, e);
    }
    return Optional.empty();
  }

  private void tell(Path path, Exception reason) {
    if (!told) {
      told = true;
      log.info("{} is written through the page cache: {}", path, reason.getMessage());
    }
  }

  /// A file open for that.
  final class Target implements Closeable {
    private final FileChannel channel;
    private final long block;

    private Target(FileChannel channel, long block) {
      this.channel = channel;
      this.block = block;
    }

    /// What begins and ends at a multiple of it goes past the page cache.
    long blockBytes() {
      return block;
    }

    /// Takes from `sources` what fills whole blocks, and what precedes the first of them, if it is
    /// enough to be worth it.
    ///
    /// @param buffered the same file, for what does not begin at a block
    /// @return how many bytes were taken; the rest is to be written at `position` and as many bytes
    long write(List<ByteBuffer> sources, long position, FileChannel buffered) throws IOException {
      long length = sources.stream().mapToLong(ByteBuffer::remaining).sum();
      if (length < LEAST_BYTES) {
        return 0;
      }
      long head = Math.floorMod(-position, block);
      writeAll(buffered, take(sources, head), position);
      long written = head;
      while (length - written >= block) {
        long whole = (length - written) / block * block;
        ByteBuffer part = take(sources, Math.min(whole, STAGING_BYTES));
        writeBlocks(part, position + written, buffered);
        written += part.limit();
      }
      return written;
    }

    private ByteBuffer take(List<ByteBuffer> sources, long bytes) {
      staging.clear().limit((int) bytes);
      for (ByteBuffer source : sources) {
        int count = Math.min(source.remaining(), staging.remaining());
        staging.put(staging.position(), source, source.position(), count);
        staging.position(staging.position() + count);
        source.position(source.position() + count);
      }
      return staging.flip();
    }

    /// A write that the system cut short may have ended within a block.
    private void writeBlocks(ByteBuffer part, long position, FileChannel buffered)
        throws IOException {
      int count = channel.write(part, position);
      if (part.hasRemaining()) {
        writeAll(buffered, part, position + count);
      }
    }

    private static void writeAll(FileChannel target, ByteBuffer bytes, long position)
        throws IOException {
      long at = position;
      while (bytes.hasRemaining()) {
        at += target.write(bytes, at);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
