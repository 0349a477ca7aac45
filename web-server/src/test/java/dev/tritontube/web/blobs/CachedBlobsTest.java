package dev.tritontube.web.blobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.blobs.BlobException.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CachedBlobsTest {
  private static final int MIB = 1024 * 1024;
  private static final BlobKey KEY = new BlobKey("a/1/r/720p/0-x");

  private final CountedBlobs ring = new CountedBlobs();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CachedBlobs blobs = new CachedBlobs(ring, 8 * MIB, meters);

  private static BlobKey key(int number) {
    return new BlobKey("a/1/r/720p/" + number);
  }

  private byte[] read(BlobKey key) throws BlobException {
    try (BlobStream stream = blobs.open(key, 0, -1)) {
      return FakeRing.readAll(stream);
    }
  }

  private double usedBytes() {
    return meters.get("tritontube.cache.used").gauge().value();
  }

  @Test
  void readsTheRingOnce() throws Exception {
    byte[] bytes = FakeRing.bytes(MIB + 7);
    blobs.put(KEY, ByteBuffer.wrap(bytes));
    assertArrayEquals(bytes, read(KEY));
    assertArrayEquals(bytes, read(KEY));
    assertEquals(1, ring.opened.get());
    assertEquals(1, meters.get("tritontube.cache.reads").tag("result", "hit").counter().count());
  }

  @Test
  void givesRanges() throws Exception {
    byte[] bytes = FakeRing.bytes(1000);
    blobs.put(KEY, ByteBuffer.wrap(bytes));
    try (BlobStream stream = blobs.open(KEY, 100, 50)) {
      assertEquals(1000, stream.blobLength());
      assertArrayEquals(Arrays.copyOfRange(bytes, 100, 150), FakeRing.readAll(stream));
      assertNull(stream.next());
    }
  }

  @Test
  void singleFlight() throws Exception {
    byte[] bytes = FakeRing.bytes(100_000);
    blobs.put(KEY, ByteBuffer.wrap(bytes));
    ring.gate = new CountDownLatch(1);
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> reads = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        reads.add(readers.submit(() -> read(KEY)));
      }
      ring.gate.countDown();
      for (Future<byte[]> read : reads) {
        assertArrayEquals(bytes, read.get());
      }
    }
    assertEquals(1, ring.opened.get());
  }

  @Test
  void failuresAreNotCached() throws Exception {
    assertEquals(Reason.NOT_FOUND, assertThrows(BlobException.class, () -> read(KEY)).reason());
    blobs.put(KEY, ByteBuffer.wrap(new byte[10]));
    assertEquals(10, read(KEY).length);
    assertEquals(10, usedBytes());
  }

  @Test
  void staysWithinItsBytesAndDropsTheOldest() throws Exception {
    for (int i = 0; i < 10; i++) {
      blobs.put(key(i), ByteBuffer.wrap(new byte[MIB]));
      assertEquals(MIB, read(key(i)).length);
      assertTrue(usedBytes() <= 8 * MIB);
    }
    assertEquals(2, meters.get("tritontube.cache.evictions").functionCounter().count());
    int before = ring.opened.get();
    assertEquals(MIB, read(key(9)).length);
    assertEquals(before, ring.opened.get());
    assertEquals(MIB, read(key(0)).length);
    assertEquals(before + 1, ring.opened.get());
  }

  @Test
  void aBlobIsFreedOnlyWhenItsLastReaderIsDone() throws Exception {
    byte[] bytes = FakeRing.bytes(MIB);
    blobs.put(KEY, ByteBuffer.wrap(bytes));
    try (BlobStream stream = blobs.open(KEY, 0, -1)) {
      blobs.delete(KEY);
      assertEquals(MIB, usedBytes());
      assertArrayEquals(bytes, FakeRing.readAll(stream));
    }
    assertEquals(0, usedBytes());
    assertThrows(BlobException.class, () -> read(KEY));
  }

  @Test
  void streamsPastTheCacheWhenEverythingInItIsBeingRead() throws Exception {
    List<BlobStream> held = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      blobs.put(key(i), ByteBuffer.wrap(new byte[MIB]));
      held.add(blobs.open(key(i), 0, -1));
    }
    assertEquals(8 * MIB, usedBytes());
    for (BlobStream stream : held) {
      assertEquals(MIB, FakeRing.readAll(stream).length);
      stream.close();
    }
  }

  @Test
  void aBlobThatWouldCrowdOutOthersIsNotKept() throws Exception {
    blobs.put(KEY, ByteBuffer.wrap(new byte[3 * MIB]));
    assertEquals(3 * MIB, read(KEY).length);
    assertEquals(0, usedBytes());
  }

  @Test
  void zeroBytesMeansOff() throws Exception {
    CachedBlobs off = new CachedBlobs(ring, 0, new SimpleMeterRegistry());
    off.put(KEY, ByteBuffer.wrap(new byte[10]));
    for (int i = 0; i < 3; i++) {
      try (BlobStream stream = off.open(KEY, 0, -1)) {
        assertNotNull(stream.next());
      }
    }
    assertEquals(3, ring.opened.get());
  }

  /// Counts reads, and holds them back until a gate opens.
  private static final class CountedBlobs implements Blobs {
    final InMemoryBlobs store = new InMemoryBlobs();
    final AtomicInteger opened = new AtomicInteger();
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public void put(BlobKey key, ByteBuffer data) throws BlobException {
      store.put(key, data);
    }

    @Override
    public BlobStream open(BlobKey key, long offset, long length) throws BlobException {
      try {
        gate.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new BlobException(Reason.UNAVAILABLE, "interrupted", interrupted);
      }
      BlobStream stream = store.open(key, offset, length);
      opened.incrementAndGet();
      return stream;
    }

    @Override
    public void delete(BlobKey key) throws BlobException {
      store.delete(key);
    }

    @Override
    public boolean exists(BlobKey key) throws BlobException {
      return store.exists(key);
    }
  }
}
