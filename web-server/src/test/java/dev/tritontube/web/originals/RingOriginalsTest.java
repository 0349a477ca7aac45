package dev.tritontube.web.originals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.catalog.Asset;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.AssetStore;
import dev.tritontube.web.catalog.Database;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.PieceStore;
import dev.tritontube.web.catalog.Sha256;
import dev.tritontube.web.catalog.TestCatalog;
import dev.tritontube.web.packaging.Original;
import java.io.EOFException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingOriginalsTest {
  private static final AssetId ASSET = new AssetId("a".repeat(20));
  private static final int SIZE = 2 * Chunks.BYTES + 1_000_000;

  @TempDir private Path folder;
  private final byte[] bytes = new byte[SIZE];
  private final InMemoryBlobs ring = new InMemoryBlobs();
  private Database database;
  private Original original;

  @BeforeEach
  void store() throws Exception {
    new Random(1).nextBytes(bytes);
    for (int number = 0; number * Chunks.BYTES < SIZE; number++) {
      int start = number * Chunks.BYTES;
      int length = Math.min(Chunks.BYTES, SIZE - start);
      ring.put(Chunks.key(ASSET, number), ByteBuffer.wrap(bytes, start, length));
    }
    database = TestCatalog.open(folder);
    original =
        new RingOriginals(ring, new AssetStore(database), new PieceStore(database))
            .of(
                new Asset(
                    ASSET,
                    Owner.ADMIN,
                    new Sha256("0".repeat(64)),
                    "",
                    SIZE,
                    "",
                    OptionalLong.empty(),
                    Instant.EPOCH));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void fetchesNoMoreThanIsRead() throws Exception {
    ByteBuffer target = ByteBuffer.allocate(3000);
    original.read(Chunks.BYTES - 1000, target);

    assertArrayEquals(
        Arrays.copyOfRange(bytes, Chunks.BYTES - 1000, Chunks.BYTES + 2000), target.array());
    assertEquals(List.of(1000L, 2000L), ring.opened());
  }

  @Test
  void readsWhatThereIs() throws Exception {
    assertArrayEquals(Arrays.copyOfRange(bytes, SIZE - 10, SIZE), original.read(SIZE - 10, 4096));
    assertThrows(EOFException.class, () -> original.read(SIZE - 10, ByteBuffer.allocate(11)));
    assertThrows(EOFException.class, () -> original.read(SIZE + 10, ByteBuffer.allocate(1)));
  }

  @Test
  void fetchesLittleUntilMoreIsRead() throws Exception {
    try (InputStream opened = original.open(1_234_567)) {
      assertArrayEquals(
          Arrays.copyOfRange(bytes, 1_234_567, 1_234_577), opened.readNBytes(10), "the beginning");
    }
    assertEquals(List.of(256L << 10), ring.opened());
  }

  @Test
  void fetchesMuchAtOnceWhenAllIsRead() throws Exception {
    try (InputStream opened = original.open(5)) {
      assertArrayEquals(Arrays.copyOfRange(bytes, 5, SIZE), opened.readAllBytes());
    }
    assertEquals(SIZE - 5, ring.opened().stream().mapToLong(Long::longValue).sum());
    assertTrue(ring.opened().size() <= 8, () -> ring.opened().toString());
    assertEquals(Chunks.BYTES, ring.opened().stream().max(Long::compare).orElseThrow());
  }
}
