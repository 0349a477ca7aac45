package dev.tritontube.node.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.node.engine.BlobState;
import dev.tritontube.node.engine.BlobStore;
import dev.tritontube.node.engine.InMemoryBlobStore;
import dev.tritontube.proto.node.v1.NodeServiceGrpc;
import dev.tritontube.proto.node.v1.SyncArcsProgress;
import dev.tritontube.proto.node.v1.SyncArcsRequest;
import dev.tritontube.proto.storage.v1.ArcRange;
import dev.tritontube.proto.storage.v1.DeleteRequest;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes that own everything, over real connections.
@Timeout(120)
class ArcSyncTest {
  private final List<InMemoryBlobStore> stores = new ArrayList<>();
  private final List<TestNode> nodes = new ArrayList<>();
  private final Layout layout;

  ArcSyncTest(@TempDir Path folder) throws IOException {
    for (int number = 1; number <= 3; number++) {
      InMemoryBlobStore store = new InMemoryBlobStore();
      stores.add(store);
      nodes.add(TestNode.start(number, store, folder.resolve("node-" + number)));
    }
    layout = TestNode.layout(3, nodes);
    nodes.forEach(node -> node.install(layout));
  }

  @AfterEach
  void stop() throws IOException {
    for (TestNode node : nodes) {
      node.close();
    }
  }

  @Test
  void pullsTheUnionOfWhatOthersHold() throws Exception {
    for (int i = 0; i < 300; i++) {
      put(i % 2, "blob/" + i, 1000 + i);
    }
    put(0, "large", 3 << 20);

    SyncArcsProgress done = sync(2);

    assertEquals(301, done.getCopiedBlobs());
    assertEquals(256, done.getArcsDone());
    assertEquals(0, done.getFailed());
    assertEquals(0, done.getUnreachableCount());
    for (int i = 0; i < 300; i++) {
      assertArrayEquals(random(1000 + i), nodes.get(2).get(new BlobKey("blob/" + i), 1));
    }
    assertArrayEquals(random(3 << 20), nodes.get(2).get(new BlobKey("large"), 1));
    assertEquals(0, sync(2).getCopiedBlobs());
  }

  @Test
  void deletionTravelsAndNothingDeletedComesBack() throws Exception {
    for (int node = 0; node < 3; node++) {
      put(node, "everywhere", 100);
    }
    put(1, "live-elsewhere", 100);
    delete(0, "everywhere");
    delete(0, "live-elsewhere");

    SyncArcsProgress done = sync(2);

    assertEquals(2, done.getCopiedTombstones());
    assertEquals(0, done.getCopiedBlobs());
    assertEquals(new BlobState.Deleted(), stores.get(2).stat(new BlobKey("everywhere")));
    assertEquals(new BlobState.Deleted(), stores.get(2).stat(new BlobKey("live-elsewhere")));
    assertEquals(0, sync(0).getCopiedBlobs());
    assertEquals(new BlobState.Deleted(), stores.get(0).stat(new BlobKey("everywhere")));
  }

  @Test
  void takesTheNextHolderWhenACopyIsCorrupt() throws Exception {
    for (int i = 0; i < 20; i++) {
      put(0, "rotten/" + i, 5000);
      put(1, "rotten/" + i, 5000);
      stores.get(i % 2).corrupt(new BlobKey("rotten/" + i));
    }

    assertEquals(20, sync(2).getCopiedBlobs());
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(random(5000), nodes.get(2).get(new BlobKey("rotten/" + i), 1));
    }
  }

  @Test
  void replacesItsOwnCorruptCopies() throws Exception {
    put(0, "mine", 5000);
    put(1, "mine", 5000);
    stores.get(0).corrupt(new BlobKey("mine"));

    assertEquals(1, sync(0).getCopiedBlobs());
    assertArrayEquals(random(5000), nodes.get(0).get(new BlobKey("mine"), 1));
  }

  @Test
  void aCorruptCopyIsRepairedAfterItWasRead() throws Exception {
    BlobKey key = new BlobKey("read");
    put(0, "read", 5000);
    put(1, "read", 5000);
    stores.get(0).corrupt(key);

    StatusRuntimeException failure =
        assertThrows(StatusRuntimeException.class, () -> nodes.get(0).get(key, 1));

    assertEquals(Optional.of(FailureCode.CORRUPT), Trailers.code(failure));
    Eventually.holds(() -> stores.get(0).stats().quarantined() == 0);
    assertArrayEquals(random(5000), nodes.get(0).get(key, 1));
  }

  @Test
  void saysWhichNodesItCouldNotAskAndGoesOn() throws Exception {
    put(0, "half", 100);
    nodes.get(1).close();

    SyncArcsProgress done = sync(2);

    assertEquals(1, done.getCopiedBlobs());
    assertEquals(List.of(nodes.get(1).id().value()), done.getUnreachableList());
    nodes.remove(1);
  }

  @Test
  void goesOnWhereAnInterruptedRunStopped() throws Exception {
    for (int i = 0; i < 100; i++) {
      put(0, "slow/" + i, 10_000);
    }
    Context.CancellableContext context = Context.current().withCancellation();
    context.run(
        () -> {
          Iterator<SyncArcsProgress> progress = start(2, 200_000);
          Eventually.holds(() -> stores.get(2).stats().blobs() > 0);
          assertTrue(stores.get(2).stats().blobs() < 100);
          context.cancel(null);
          assertThrows(StatusRuntimeException.class, () -> progress.forEachRemaining(_ -> {}));
        });
    long free = 2L * BlobStore.MAX_BLOB_BYTES;
    Eventually.holds(() -> stores.get(2).buffers().availableBytes() == free);

    sync(2);

    assertEquals(100, stores.get(2).stats().blobs());
    assertEquals(0, sync(2).getCopiedBlobs());
  }

  @Test
  void syncsOnlyByItsOwnEpoch() {
    StatusRuntimeException failure =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                nodes
                    .get(2)
                    .control()
                    .syncArcs(SyncArcsRequest.newBuilder().setEpoch(7).build())
                    .forEachRemaining(_ -> {}));
    assertEquals(Optional.of(FailureCode.LAYOUT_UNKNOWN), Trailers.code(failure));
  }

  private SyncArcsProgress sync(int node) {
    List<SyncArcsProgress> progress = new ArrayList<>();
    start(node, 0).forEachRemaining(progress::add);
    assertTrue(progress.getLast().getDone());
    return progress.getLast();
  }

  private Iterator<SyncArcsProgress> start(int node, long bytesPerSecond) {
    return NodeServiceGrpc.newBlockingStub(nodes.get(node).channel())
        .syncArcs(
            SyncArcsRequest.newBuilder()
                .setEpoch(1)
                .setBytesPerSecond(bytesPerSecond)
                .addArcs(ArcRange.newBuilder().setFirst(0).setLast(layout.arcs() - 1))
                .build());
  }

  private void put(int node, String key, int length) throws Exception {
    nodes.get(node).put(new BlobKey(key), 1, random(length));
  }

  private void delete(int node, String key) {
    nodes.get(node).blobs().delete(DeleteRequest.newBuilder().setKey(key).setEpoch(1).build());
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
