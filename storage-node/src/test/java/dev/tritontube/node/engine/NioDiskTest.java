package dev.tritontube.node.engine;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written past the page cache and through it has to fit together.
class NioDiskTest {
  private static final int FILE_BYTES = 32 << 20;

  private final Random random = new Random(7);
  private final byte[] content = new byte[FILE_BYTES];

  @TempDir private Path folder;

  NioDiskTest() {
    random.nextBytes(content);
  }

  @Test
  void writesOfAllSizesAreReadBackAlsoAfterTheFileWasOpenedAgain() throws IOException {
    NioDisk disk = new NioDisk(folder);
    try (DiskFile file = disk.create("volume", FILE_BYTES)) {
      writeAll(file, content, new AtomicInteger());
      file.force(false);
      assertArrayEquals(content, read(file, 0, FILE_BYTES));
    }
    try (DiskFile file = disk.open("volume")) {
      assertArrayEquals(content, read(file, 0, FILE_BYTES));
    }
  }

  @Test
  void whoReadsWhileMoreIsWrittenSeesWhatWasWrittenBefore() throws Exception {
    AtomicInteger written = new AtomicInteger();
    try (DiskFile file = new NioDisk(folder).create("volume", FILE_BYTES)) {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> uncheckedWriteAll(file, written));
      int end;
      do {
        end = written.get();
        int from = Math.max(0, end - 100_000);
        assertArrayEquals(Arrays.copyOfRange(content, from, end), read(file, from, end - from));
      } while (end < FILE_BYTES && !writing.isCompletedExceptionally());
      writing.join();
    }
  }

  @Test
  void allWholeBlocksOfALargeWriteGoPastThePageCacheWhereTheFileSystemCanDoThat()
      throws IOException {
    Path path = Files.createFile(folder.resolve("volume"));
    Optional<DirectWrites.Target> direct = new DirectWrites().open(path);
    assumeTrue(direct.isPresent());
    try (DirectWrites.Target target = direct.get();
        FileChannel buffered = FileChannel.open(path, READ, WRITE)) {
      byte[] bytes = new byte[3 << 20];
      random.nextBytes(bytes);
      List<ByteBuffer> large = pieces(bytes, 0, bytes.length);
      target.write(large, 100, buffered);
      assertTrue(large.stream().mapToInt(ByteBuffer::remaining).sum() < target.blockBytes());
      assertEquals(0, target.write(pieces(bytes, 0, 1000), 100, buffered));
    }
  }

  /// Of a few bytes, of some pages, of several buffers; now and then whole pages.
  private int someSize() {
    int most = List.of(64, 10_000, 300_000, 3 << 20).get(random.nextInt(4));
    int size = 1 + random.nextInt(most);
    return size > 8192 && random.nextInt(4) == 0 ? size / 4096 * 4096 : size;
  }

  private List<ByteBuffer> pieces(byte[] bytes, int from, int count) {
    List<ByteBuffer> pieces = new ArrayList<>();
    for (int at = from; at < from + count; ) {
      int piece = Math.min(1 + random.nextInt(256 << 10), from + count - at);
      pieces.add(ByteBuffer.wrap(bytes, at, piece).slice().asReadOnlyBuffer());
      at += piece;
    }
    return pieces;
  }

  private void uncheckedWriteAll(DiskFile file, AtomicInteger written) {
    try {
      writeAll(file, content, written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeAll(DiskFile file, byte[] bytes, AtomicInteger written) throws IOException {
    while (written.get() < bytes.length) {
      int count = Math.min(someSize(), bytes.length - written.get());
      file.write(pieces(bytes, written.get(), count), written.get());
      written.addAndGet(count);
    }
  }

  private static byte[] read(DiskFile file, int from, int count) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count);
    file.read(target, from);
    return target.array();
  }
}
