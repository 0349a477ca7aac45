package dev.tritontube.web.blobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.proto.node.v1.MissingReplica;
import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.web.blobs.BlobException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RingBlobsWriteTest {
  private static final BlobKey KEY = new BlobKey("a/1/original/0");

  private static ByteBuffer data(int count) {
    return ByteBuffer.wrap(FakeRing.bytes(count));
  }

  @Test
  void storesOnEveryOwner() throws Exception {
    try (FakeRing ring = new FakeRing(4)) {
      ByteBuffer data = data(3_000_000);
      ring.blobs.put(KEY, data);
      assertEquals(3_000_000, data.remaining(), "the caller's buffer is not changed");
      for (FakeNode owner : ring.owners(KEY)) {
        assertArrayEquals(data.array(), owner.blobs.get(KEY.value()));
      }
      assertTrue(ring.fallbacks(KEY).getFirst().blobs.isEmpty());
    }
  }

  @Test
  void storesAnEmptyBlobAndTheSameBytesAgain() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.blobs.put(KEY, ByteBuffer.allocate(0));
      ring.blobs.put(KEY, ByteBuffer.allocate(0));
      assertEquals(0, FakeRing.readAll(ring.blobs.open(KEY, 0, -1)).length);
    }
  }

  @Test
  void otherBytesAndDeletedKeysAreRefused() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.blobs.put(KEY, data(10));
      assertEquals(Reason.DIFFERENT_BYTES, failureOfPut(ring, data(11)));
      ring.blobs.delete(KEY);
      assertEquals(Reason.KEY_DELETED, failureOfPut(ring, data(10)));
    }
  }

  private static Reason failureOfPut(FakeRing ring, ByteBuffer data) {
    return assertThrows(BlobException.class, () -> ring.blobs.put(KEY, data)).reason();
  }

  @Test
  void recordsTheOwnerThatFailedOnTheOthers() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      FakeNode dead = ring.owners(KEY).getFirst();
      dead.kill();
      ring.blobs.put(KEY, data(100_000));
      for (FakeNode owner : ring.owners(KEY).subList(1, 3)) {
        assertEquals(List.of(missing(dead)), owner.missing);
      }
    }
  }

  private static MissingReplica missing(FakeNode node) {
    return MissingReplica.newBuilder().setKey(KEY.value()).setNodeId(node.id.value()).build();
  }

  @Test
  void namesAnOwnerThatIsKnownToBeDownWithTheBlob() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      FakeNode dead = ring.owners(KEY).getFirst();
      dead.kill();
      ring.blobs.put(KEY, data(10));
      BlobKey next = new BlobKey("a/1/original/1");
      ring.blobs.put(next, data(10));
      for (FakeNode owner : ring.all()) {
        if (owner != dead) {
          PutHeader header = owner.puts.getLast();
          assertEquals(next.value(), header.getKey());
          assertEquals(List.of(dead.id.value()), header.getMissingOnList());
          assertEquals(1, owner.missing.size(), "only the first put needed a call of its own");
        }
      }
    }
  }

  @Test
  void anotherNodeKeepsAHintForAnOwnerThatIsDown() throws Exception {
    try (FakeRing ring = new FakeRing(4)) {
      FakeNode dead = ring.owners(KEY).getFirst();
      dead.kill();
      ring.health.vitals(dead.id).callFailed(true, "killed");
      ring.blobs.put(KEY, data(10));
      FakeNode standIn = ring.fallbacks(KEY).getFirst();
      assertEquals(dead.id.value(), standIn.puts.getFirst().getHintFor());
      assertTrue(ring.all().stream().allMatch(node -> node.missing.isEmpty()));
      assertEquals(1, ring.count("hints"));
    }
  }

  @Test
  void hintsMakeUpTheQuorumWhenTwoOwnersDieAtOnce() throws Exception {
    try (FakeRing ring = new FakeRing(5)) {
      ring.owners(KEY).get(0).kill();
      ring.owners(KEY).get(1).kill();
      ring.blobs.put(KEY, data(10));
      assertArrayEquals(data(10).array(), FakeRing.readAll(ring.blobs.open(KEY, 0, -1)));
      assertEquals(2, ring.fallbacks(KEY).stream().filter(node -> !node.puts.isEmpty()).count());
    }
  }

  @Test
  void putIsNotAcknowledgedBeforeMissingReplicaIsOnRecord() throws Exception {
    try (FakeRing ring = new FakeRing(3);
        ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor()) {
      FakeNode silent = ring.owners(KEY).getFirst();
      silent.mute = true;
      CountDownLatch gate = new CountDownLatch(1);
      CountDownLatch asked = new CountDownLatch(1);
      for (FakeNode node : ring.all()) {
        node.recordGate = gate;
        node.recordAsked = asked;
      }
      Future<?> put =
          writer.submit(
              () -> {
                ring.blobs.put(KEY, data(10));
                return true;
              });
      asked.await();
      assertFalse(put.isDone());
      gate.countDown();
      put.get();
      for (FakeNode owner : ring.owners(KEY).subList(1, 3)) {
        assertEquals(List.of(missing(silent)), owner.missing);
      }
    }
  }

  @Test
  void twoOfThreeDownFailsWithin5s() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.owners(KEY).get(0).kill();
      ring.owners(KEY).get(1).kill();
      assertTimeout(
          Duration.ofSeconds(5),
          () -> assertEquals(Reason.UNAVAILABLE, failureOfPut(ring, data(10))));
    }
  }

  @Test
  void twoOfThreeSilentFailsWithin5s() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.owners(KEY).get(0).mute = true;
      ring.owners(KEY).get(1).mute = true;
      assertTimeout(
          Duration.ofSeconds(5),
          () -> assertEquals(Reason.UNAVAILABLE, failureOfPut(ring, data(10))));
    }
  }

  @Test
  void writesWorkAgainWhenANodeReturns() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      FakeNode first = ring.owners(KEY).get(0);
      first.kill();
      ring.owners(KEY).get(1).kill();
      assertEquals(Reason.UNAVAILABLE, failureOfPut(ring, data(10)));
      first.restart();
      ring.channels.resume(first.layoutNode().address());
      ring.blobs.put(KEY, data(10));
      assertTrue(first.blobs.containsKey(KEY.value()));
    }
  }

  @Test
  void saysThatStorageIsFull() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.all().forEach(node -> node.refusal = FailureCode.DISK_FULL);
      assertEquals(Reason.STORAGE_FULL, failureOfPut(ring, data(10)));
    }
  }

  @Test
  void writesAroundFullNodesWhereOthersHaveRoom() throws Exception {
    try (FakeRing ring = new FakeRing(5)) {
      ring.owners(KEY).subList(0, 2).forEach(node -> node.refusal = FailureCode.DISK_FULL);
      ring.blobs.put(KEY, data(10));
      assertEquals(2, ring.fallbacks(KEY).stream().filter(node -> !node.puts.isEmpty()).count());
    }
  }

  @Test
  void fetchesANewerLayoutAndWritesByIt() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      Layout next = ring.current().withNodes(ring.current().nodes());
      ring.publish(next);
      ring.all().forEach(node -> node.epoch = next.epoch());
      ring.blobs.put(KEY, data(10));
      assertEquals(next.epoch(), ring.owners(KEY).getFirst().puts.getFirst().getEpoch());
    }
  }

  @Test
  void jointLayoutNeedsQuorumInBothSets() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      FakeNode added = ring.beginToAddNode();
      BlobKey key = ring.movingKey();
      ring.blobs.put(key, data(10));
      assertTrue(added.blobs.containsKey(key.value()), "old and new owners are written");
      List<FakeNode> staying =
          ring.owners(key).stream().filter(ring.nextOwners(key)::contains).toList();
      staying.getFirst().refusal = FailureCode.DISK_FAILED;
      added.refusal = FailureCode.DISK_FAILED;
      BlobException failure =
          assertThrows(BlobException.class, () -> ring.blobs.put(key, data(10)));
      assertEquals(
          Reason.UNAVAILABLE, failure.reason(), "two of the old, but one of the new owners");
      added.refusal = null;
      ring.blobs.put(key, data(10));
    }
  }

  @Test
  void deletesOnEveryOwnerAndRecordsTheOneThatIsDown() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.blobs.put(KEY, data(10));
      FakeNode dead = ring.owners(KEY).getLast();
      dead.kill();
      ring.blobs.delete(KEY);
      for (FakeNode owner : ring.owners(KEY).subList(0, 2)) {
        assertTrue(owner.tombstones.contains(KEY.value()));
        assertEquals(List.of(missing(dead)), owner.missing);
      }
      assertFalse(ring.blobs.exists(KEY));
    }
  }

  @Test
  void aSlowNodeDoesNotKeepTheCallersBuffer() throws Exception {
    try (FakeRing ring = new FakeRing(3)) {
      ring.owners(KEY).getFirst().mute = true;
      ByteBuffer data = data(8_000_000);
      ring.blobs.put(KEY, data);
      byte[] stored = ring.owners(KEY).getLast().blobs.get(KEY.value());
      assertArrayEquals(data.array(), stored);
    }
  }
}
