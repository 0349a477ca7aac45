package dev.tritontube.web.blobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.web.Eventually;
import dev.tritontube.web.blobs.BlobException.Reason;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RingBlobsReadTest {
  private static final BlobKey KEY = new BlobKey("a/1/original/0");
  private static final byte[] BYTES = FakeRing.bytes(3_000_001);

  @Test
  void readsAllAndRanges() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, BYTES);
      assertArrayEquals(BYTES, FakeRing.readAll(ring.blobs.open(KEY, 0, -1)));
      assertArrayEquals(
          Arrays.copyOfRange(BYTES, 1_000_000, 2_000_000), read(ring, 1_000_000, 1_000_000));
      assertArrayEquals(Arrays.copyOfRange(BYTES, 3_000_000, 3_000_001), read(ring, 3_000_000, -1));
    }
  }

  private static byte[] read(FakeRing ring, long offset, long length) throws BlobException {
    try (BlobStream stream = ring.blobs.open(KEY, offset, length)) {
      assertEquals(BYTES.length, stream.blobLength());
      return FakeRing.readAll(stream);
    }
  }

  @Test
  void readsFromNextReplicaAtTheSameOffsetWhenStreamBreaks() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, BYTES);
      int broken = 1_000_000;
      ring.owners(KEY)
          .forEach(node -> node.breakReadsAfter(broken, Status.UNAVAILABLE.asRuntimeException()));
      assertArrayEquals(BYTES, read(ring, 0, -1));
      Set<Long> offsets = new TreeSet<>();
      for (FakeNode owner : ring.owners(KEY)) {
        owner.gets.stream().map(GetRequest::getOffset).forEach(offsets::add);
      }
      assertEquals(Set.of(0L, 1_000_000L, 2_000_000L, 3_000_000L), offsets);
      assertEquals(3, ring.count("failovers"));
    }
  }

  @Test
  void goesOnElsewhereWhenAStreamStalls() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, BYTES);
      ring.owners(KEY).subList(0, 2).forEach(node -> node.breakReadsAfter(500_000, null));
      assertArrayEquals(BYTES, read(ring, 0, -1));
    }
  }

  @Test
  void readsWhileAnyOwnerIsUp() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, BYTES);
      ring.owners(KEY).get(0).kill();
      ring.owners(KEY).get(2).kill();
      for (int i = 0; i < 5; i++) {
        assertArrayEquals(BYTES, read(ring, 0, -1));
      }
    }
  }

  @Test
  void aNodeThatDiedIsNotAskedAgain() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, BYTES);
      FakeNode dead = ring.owners(KEY).getFirst();
      dead.kill();
      while (ring.health.state(dead.id).usable()) {
        assertArrayEquals(BYTES, read(ring, 0, -1));
      }
      ReplicaOrder order =
          ReplicaOrder.of(ring.current(), ring.current().arcOf(KEY), ring.health, new Random(1));
      assertEquals(dead.id, order.owners().getLast().id());
    }
  }

  @Test
  void readsFromNextReplicaWhenOneIsCorrupt() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, BYTES);
      RuntimeException corrupt = Trailers.failure(FailureCode.CORRUPT, "bit rot");
      ring.owners(KEY).subList(0, 2).forEach(node -> node.breakReadsAfter(300_000, corrupt));
      assertArrayEquals(BYTES, read(ring, 0, -1));
    }
  }

  @Test
  void saysCorruptWhenNoGoodCopyIsLeft() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, BYTES);
      RuntimeException corrupt = Trailers.failure(FailureCode.CORRUPT, "bit rot");
      ring.owners(KEY).forEach(node -> node.breakReadsAfter(0, corrupt));
      assertEquals(Reason.CORRUPT, failureOfOpen(ring));
    }
  }

  private static Reason failureOfOpen(FakeRing ring) {
    return assertThrows(BlobException.class, () -> ring.blobs.open(KEY, 0, -1).close()).reason();
  }

  @Test
  void oneReplicasNotFoundIsNotFinal() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.owners(KEY).getLast().blobs.put(KEY.value(), BYTES);
      for (int i = 0; i < 5; i++) {
        assertArrayEquals(BYTES, read(ring, 0, -1));
      }
      assertTrue(ring.blobs.exists(KEY));
    }
  }

  @Test
  void findsHintsOnFallbackNodes() throws Exception {
    try (FakeRing ring = new FakeRing(5)) {
      ring.fallbacks(KEY).getLast().blobs.put(KEY.value(), BYTES);
      assertArrayEquals(BYTES, read(ring, 0, -1));
      assertTrue(ring.blobs.exists(KEY));
    }
  }

  @Test
  void findsWhatOnlyANewOwnerHas() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      FakeNode added = ring.beginToAddNode();
      BlobKey key = ring.movingKey();
      added.blobs.put(key.value(), BYTES);
      assertArrayEquals(BYTES, FakeRing.readAll(ring.blobs.open(key, 0, -1)));
    }
  }

  @Test
  void notFoundWhenEveryNodeSaysSo() throws Exception {
    try (FakeRing ring = new FakeRing(5)) {
      assertEquals(Reason.NOT_FOUND, failureOfOpen(ring));
      assertFalse(ring.blobs.exists(KEY));
    }
  }

  @Test
  void unavailableRatherThanNotFoundWhileAnOwnerCannotBeAsked() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.owners(KEY).getFirst().kill();
      assertEquals(Reason.UNAVAILABLE, failureOfOpen(ring));
    }
  }

  @Test
  void fetchesANewerLayoutAndReadsByIt() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, BYTES);
      Layout next = ring.current().withNodes(ring.current().nodes());
      ring.publish(next);
      ring.all().forEach(node -> node.epoch = next.epoch());
      assertArrayEquals(BYTES, read(ring, 0, -1));
    }
  }

  @Test
  void readsFromOthersWhileANodeHasNoLayout() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, BYTES);
      ring.owners(KEY).subList(0, 2).forEach(node -> node.refusal = FailureCode.LAYOUT_UNKNOWN);
      assertArrayEquals(BYTES, read(ring, 0, -1));
    }
  }

  @Test
  void aStalledReaderPullsABoundedAmount() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      byte[] large = FakeRing.bytes(48 * 1024 * 1024);
      ring.place(KEY, large);
      try (BlobStream stream = ring.blobs.open(KEY, 0, -1)) {
        assertNotNull(stream.next());
        // Another stream over the same connections ends: whatever would come for the stalled one
        // has had its chance.
        BlobKey other = new BlobKey("other");
        ring.place(other, BYTES);
        for (int i = 0; i < 6; i++) {
          assertArrayEquals(BYTES, FakeRing.readAll(ring.blobs.open(other, 0, -1)));
        }
        long forOthers = 6L * BYTES.length;
        long sent = ring.all().stream().mapToLong(node -> node.sentBytes.get()).sum();
        assertTrue(sent - forOthers < 8 * 1024 * 1024, "pulled " + (sent - forOthers));
      }
    }
  }

  @Test
  void closingEarlyEndsTheStreamAndFreesItsPlace() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.place(KEY, BYTES);
      for (int i = 0; i < 600; i++) {
        BlobStream stream = ring.blobs.open(KEY, 0, -1);
        ByteBuffer first = stream.next();
        assertNotNull(first);
        stream.close();
        stream.close();
        assertNull(stream.next());
      }
      // A stream that lost a race for the first answer is closed by the thread that opened it.
      Eventually.holds(
          "no call is on its way",
          () -> ring.health.snapshot().values().stream().allMatch(seen -> seen.inFlight() == 0));
    }
  }

  @Test
  void tellsEveryKeyOnce() throws Exception {
    try (FakeRing ring = new FakeRing(4)) {
      for (String key : List.of("a/1/x", "a/1/y", "a/2/x")) {
        ring.place(new BlobKey(key), new byte[1]);
      }
      Set<String> told = new TreeSet<>();
      ring.blobs.forEachKey("a/1/", key -> assertTrue(told.add(key.value())));
      assertEquals(Set.of("a/1/x", "a/1/y"), told);
    }
  }
}
