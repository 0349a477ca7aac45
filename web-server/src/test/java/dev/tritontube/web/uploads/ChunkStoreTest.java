package dev.tritontube.web.uploads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.Eventually;
import dev.tritontube.web.blobs.BlobException;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.blobs.InMemoryBlobs;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.originals.Chunks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChunkStoreTest {
  private static final AssetId ASSET = new AssetId("a".repeat(20));
  private static final ByteBuffer CHUNK = ByteBuffer.allocate(Chunks.BYTES).asReadOnlyBuffer();

  private final SlowBlobs blobs = new SlowBlobs();
  private final ChunkStore store = new ChunkStore(blobs);

  @Test
  void beginsNoMoreWritesThanTheDisksCanEndInTime() throws Exception {
    List<Thread> uploads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int number = i;
      uploads.add(Thread.startVirtualThread(() -> assertStores(ASSET, number, CHUNK.duplicate())));
    }
    for (int done = 0; done < 8; done++) {
      int underWay = Math.min(3, 8 - done);
      Eventually.holds("others begin", () -> blobs.underWay.get() == underWay);
      blobs.ends.release();
      int left = 8 - done - 1;
      Eventually.holds("one ends", () -> blobs.ended.get() == 8 - left);
    }
    for (Thread upload : uploads) {
      upload.join();
    }
    assertEquals(3, blobs.most.get());
    assertEquals(8, blobs.kept.keys().size());
  }

  @Test
  void aWriteThatFailedLeavesRoomForOthers() throws Exception {
    blobs.ends.release(10);
    blobs.kept.failWith(BlobException.Reason.UNAVAILABLE);
    for (int number = 0; number < 5; number++) {
      int chunk = number;
      assertThrows(BlobException.class, () -> store.put(ASSET, chunk, CHUNK.duplicate()));
    }
    blobs.kept.failWith(null);
    store.put(ASSET, 5, CHUNK.duplicate());
    assertEquals(1, blobs.kept.keys().size());
  }

  private void assertStores(AssetId asset, long number, ByteBuffer chunk) {
    try {
      store.put(asset, number, chunk);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Ends a write when it is told to.
  private static final class SlowBlobs implements Blobs {
    private final InMemoryBlobs kept = new InMemoryBlobs();
    private final Semaphore ends = new Semaphore(0);
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @Override
    public void put(BlobKey key, ByteBuffer data) throws BlobException {
      most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      ends.acquireUninterruptibly();
      try {
        kept.put(key, data);
      } finally {
        underWay.decrementAndGet();
        ended.incrementAndGet();
      }
    }

    @Override
    public BlobStream open(BlobKey key, long offset, long length) throws BlobException {
      return kept.open(key, offset, length);
    }

    @Override
    public void delete(BlobKey key) throws BlobException {
      kept.delete(key);
    }

    @Override
    public boolean exists(BlobKey key) throws BlobException {
      return kept.exists(key);
    }
  }
}
