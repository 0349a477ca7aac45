package dev.tritontube.node.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.tritontube.node.engine.BlobState;
import dev.tritontube.node.engine.DiskState;
import dev.tritontube.node.engine.InMemoryBlobStore;
import dev.tritontube.node.engine.Payload;
import dev.tritontube.node.engine.PayloadBuilder;
import dev.tritontube.node.engine.PutCommand;
import dev.tritontube.proto.node.v1.ClearMissingRequest;
import dev.tritontube.proto.node.v1.DescribeRequest;
import dev.tritontube.proto.node.v1.DescribeResponse;
import dev.tritontube.proto.node.v1.InstallLayoutRequest;
import dev.tritontube.proto.node.v1.ListMissingRequest;
import dev.tritontube.proto.node.v1.ListMissingResponse;
import dev.tritontube.proto.node.v1.MissingReplica;
import dev.tritontube.proto.node.v1.PurgeUnownedRequest;
import dev.tritontube.proto.node.v1.RecordMissingRequest;
import dev.tritontube.proto.storage.v1.ArcRange;
import dev.tritontube.proto.storage.v1.DeleteRequest;
import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.storage.v1.ListEntry;
import dev.tritontube.proto.storage.v1.ListRequest;
import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.storage.v1.PutResponse;
import dev.tritontube.proto.storage.v1.StatRequest;
import dev.tritontube.proto.storage.v1.StatResponse;
import dev.tritontube.proto.wire.DataPlane;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.GetMessage;
import dev.tritontube.proto.wire.PutMessage;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// One node over a real connection, with a store in memory. The other nodes of its layout are names
/// only.
@Timeout(120)
class NodeServerTest {
  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final long freeBytes = store.buffers().availableBytes();
  private final TestNode node;
  private final Layout layout;

  NodeServerTest(@TempDir Path folder) throws Exception {
    node = TestNode.start(1, store, folder);
    List<LayoutNode> nodes = new ArrayList<>(List.of(node.inLayout()));
    for (int other = 2; other <= 4; other++) {
      nodes.add(
          new LayoutNode(
              new NodeId("%016x".formatted(other)),
              "127.0.0.1:" + other,
              "zone-" + other,
              1,
              NodeState.ACTIVE));
    }
    layout = Solver.first("cluster", 8, 2, nodes);
  }

  @BeforeEach
  void install(TestInfo test) {
    if (!test.getTags().contains("fresh")) {
      node.install(layout);
    }
  }

  @AfterEach
  void stop() throws Exception {
    eventually(() -> store.buffers().availableBytes() == freeBytes);
    node.close();
  }

  @Test
  @Tag("fresh")
  void servesOnlyOnceItWasGivenALayout() throws Exception {
    BlobKey key = owned("a");
    assertEquals(ServingStatus.NOT_SERVING, health());
    assertCode(FailureCode.LAYOUT_UNKNOWN, () -> node.put(key, 1, new byte[3]));
    assertCode(FailureCode.LAYOUT_UNKNOWN, () -> node.get(key, 0));
    assertFalse(describe().getServing());
    assertEquals("", describe().getClusterId());

    node.install(layout);

    assertEquals(ServingStatus.SERVING, health());
    assertTrue(describe().getServing());
    assertEquals("cluster", describe().getClusterId());
    assertEquals("0000000000000001", describe().getNodeId());
    node.put(key, 1, new byte[3]);
  }

  @Test
  void givesBackWhatWasPut() throws Exception {
    for (int length : new int[] {0, 1, 65_536, 300_000, 3 << 20}) {
      BlobKey key = owned("size-" + length);
      byte[] data = random(length);
      assertFalse(node.put(key, 1, data).getAlreadyStored());
      assertTrue(node.put(key, 1, data).getAlreadyStored());
      assertArrayEquals(data, node.get(key, 1));
    }
  }

  @Test
  void givesRangesOfABlob() throws Exception {
    BlobKey key = owned("ranges");
    byte[] data = random(1_000_000);
    node.put(key, 1, data);
    GetRequest.Builder request = GetRequest.newBuilder().setKey(key.value()).setEpoch(1);

    assertArrayEquals(
        Arrays.copyOfRange(data, 65_000, 665_000),
        node.get(request.setOffset(65_000).setLength(600_000).build()));
    assertArrayEquals(
        Arrays.copyOfRange(data, 999_999, 1_000_000),
        node.get(request.setOffset(999_999).setLength(0).build()));
    assertEquals(0, node.get(request.setOffset(1_000_000).build()).length);
    assertCode(FailureCode.BAD_REQUEST, () -> node.get(request.setOffset(1_000_001).build()));
  }

  @Test
  void refusesBytesThatAreNotThoseOfTheHeader() {
    BlobKey key = owned("mismatch");
    byte[] data = random(500_000);
    PutHeader good = TestNode.header(key, 1, data).build();

    assertCode(
        FailureCode.CHECKSUM_MISMATCH,
        () -> node.put(good.toBuilder().setCrc32C(good.getCrc32C() + 1).build(), data));
    assertCode(
        FailureCode.CHECKSUM_MISMATCH,
        () -> node.put(good.toBuilder().setLength(499_999).build(), data));
    assertCode(
        FailureCode.CHECKSUM_MISMATCH,
        () -> node.put(good.toBuilder().setLength(500_001).build(), data));
    assertCode(
        FailureCode.BAD_REQUEST,
        () -> node.put(good.toBuilder().setLength(65L << 20).build(), data));
    assertCode(FailureCode.BAD_REQUEST, () -> node.put(good.toBuilder().setKey("").build(), data));
    assertCode(
        FailureCode.BAD_REQUEST,
        () -> node.put(good.toBuilder().addMissingOn("nobody").build(), data));
    assertEquals(new BlobState.Absent(), store.stat(key));
  }

  @Test
  void refusesOtherBytesUnderAKeyAndDeletedKeys() throws Exception {
    BlobKey key = owned("refused");
    node.put(key, 1, random(10));
    assertCode(FailureCode.DIFFERENT_BYTES, () -> node.put(key, 1, random(11)));

    assertTrue(delete(key));
    assertFalse(delete(key));

    assertCode(FailureCode.KEY_DELETED, () -> node.put(key, 1, random(10)));
    assertCode(FailureCode.KEY_DELETED, () -> node.get(key, 1));
    assertEquals(StatResponse.State.DELETED, stat(key).getState());
    assertCode(FailureCode.NOT_FOUND, () -> node.get(owned("never"), 1));
    assertEquals(StatResponse.State.ABSENT, stat(owned("never")).getState());
  }

  @Test
  void tellsOldCallersItsEpochAndWaitsForNewerLayouts() throws Exception {
    BlobKey key = owned("epochs");
    node.put(key, 1, random(10));
    node.install(layout.withNodes(layout.nodes()));

    StatusRuntimeException stale =
        assertThrows(StatusRuntimeException.class, () -> node.get(key, 1));
    assertEquals(Optional.of(FailureCode.STALE_RING), Trailers.code(stale));
    assertEquals(2, Trailers.epoch(stale).getAsLong());
    assertCode(FailureCode.STALE_RING, () -> node.put(key, 1, random(10)));
    assertCode(FailureCode.STALE_RING, () -> stat(key));
    assertCode(FailureCode.LAYOUT_UNKNOWN, () -> node.get(key, 3));
    assertEquals(10, node.get(key, 2).length);
    GetRequest background = GetRequest.newBuilder().setKey(key.value()).setBackground(true).build();
    assertEquals(10, node.get(background).length);
  }

  @Test
  void aLayoutThatArrivesDuringAPutRefusesIt() throws Exception {
    BlobKey key = owned("overtaken");
    byte[] data = random(600_000);
    CompletableFuture<PutResponse> answer = new CompletableFuture<>();
    StreamObserver<PutMessage> upload = node.upload(answer);
    upload.onNext(
        PutMessage.first(TestNode.header(key, 1, data).build(), ByteBuffer.wrap(data, 0, 300_000)));
    eventually(() -> store.buffers().availableBytes() < freeBytes);

    node.install(layout.withNodes(layout.nodes()));
    upload.onNext(PutMessage.more(ByteBuffer.wrap(data, 300_000, 300_000)));
    upload.onCompleted();

    Throwable failure = assertThrows(Exception.class, () -> answer.get(20, TimeUnit.SECONDS));
    assertEquals(Optional.of(FailureCode.STALE_RING), Trailers.code(failure));
    assertEquals(new BlobState.Absent(), store.stat(key));
  }

  @Test
  void refusesWhatItDoesNotOwnExceptHints() throws Exception {
    BlobKey key = unowned("parked");
    byte[] data = random(1000);
    assertCode(FailureCode.BAD_REQUEST, () -> node.put(key, 1, data));
    assertCode(FailureCode.BAD_REQUEST, () -> delete(key));

    node.put(TestNode.header(key, 1, data).setHintFor("0000000000000002").build(), data);

    assertArrayEquals(data, node.get(key, 1));
    assertEquals(1, describe().getHints());
  }

  @Test
  void aHintStaysUntilItIsCleared() throws Exception {
    BlobKey hinted = unowned("hinted");
    byte[] data = random(1000);
    node.put(TestNode.header(hinted, 1, data).setHintFor("0000000000000002").build(), data);
    purge();
    assertArrayEquals(data, node.get(hinted, 1));

    node.control()
        .clearMissing(
            ClearMissingRequest.newBuilder()
                .addReplicas(missing(hinted, "0000000000000002").setHint(true))
                .build());

    assertEquals(new BlobState.Absent(), store.stat(hinted));
    assertEquals(0, describe().getHints());
  }

  @Test
  void purgesOnlyWhatIsNotOwnedAndOnlyBySettledCurrentLayouts() throws Exception {
    BlobKey kept = owned("kept");
    BlobKey dropped = unowned("dropped");
    node.put(kept, 1, random(10));
    leave(dropped, random(20));

    assertCode(FailureCode.LAYOUT_UNKNOWN, () -> purge(2));
    assertCode(FailureCode.STALE_RING, () -> purge(0));
    assertEquals(20, purge());

    assertEquals(10, node.get(kept, 1).length);
    assertEquals(new BlobState.Absent(), store.stat(dropped));
  }

  @Test
  void keepsMissingRecordsUntilTheyAreCleared() throws Exception {
    BlobKey key = owned("lacking");
    byte[] data = random(10);
    node.put(TestNode.header(key, 1, data).addMissingOn("0000000000000002").build(), data);
    MissingReplica second = missing(owned("other"), "0000000000000003").build();
    node.control().recordMissing(RecordMissingRequest.newBuilder().addReplicas(second).build());

    assertEquals(2, listMissing("").size());
    assertEquals(List.of(second), unrevised(listMissing("0000000000000003")));
    assertEquals(2, describe().getMissingRecords());

    node.control().clearMissing(ClearMissingRequest.newBuilder().addReplicas(second).build());
    assertEquals(List.of(missing(key, "0000000000000002").build()), unrevised(listMissing("")));
  }

  @Test
  void keepsAMissingRecordThatWasMadeAgainSinceItWasRead() throws Exception {
    BlobKey key = owned("lacking");
    byte[] data = random(10);
    node.put(TestNode.header(key, 1, data).addMissingOn("0000000000000002").build(), data);
    List<MissingReplica> read = listMissing("");

    node.blobs()
        .delete(
            DeleteRequest.newBuilder()
                .setKey(key.value())
                .setEpoch(1)
                .addMissingOn("0000000000000002")
                .build());
    clear(read);
    assertEquals(1, listMissing("").size());

    clear(listMissing(""));
    assertEquals(List.of(), listMissing(""));
    assertEquals(Set.of(), store.notes());
  }

  private void clear(List<MissingReplica> read) {
    node.control().clearMissing(ClearMissingRequest.newBuilder().addAllReplicas(read).build());
  }

  @Test
  void listsArcsInOrderOfTheHash() throws Exception {
    for (int i = 0; i < 1000; i++) {
      BlobKey key = new BlobKey("list/" + i);
      node.put(
          TestNode.header(key, 1, new byte[] {(byte) i}).setHintFor("0000000000000002").build(),
          new byte[] {(byte) i});
    }
    BlobKey deleted = owned("list-not");
    delete(deleted);

    List<ListEntry> all = list(ListRequest.newBuilder().setEpoch(1));
    assertEquals(1000, all.size());
    assertEquals(
        all.stream()
            .map(entry -> new BlobKey(entry.getKey()))
            .sorted((a, b) -> Long.compareUnsigned(a.hash64(), b.hash64()))
            .map(BlobKey::value)
            .toList(),
        all.stream().map(ListEntry::getKey).toList());
    assertEquals(
        1001, list(ListRequest.newBuilder().setEpoch(1).setIncludeTombstones(true)).size());
    assertEquals(
        111,
        list(ListRequest.newBuilder().setEpoch(1).setPrefix("list/7").addArcs(arcs(0, 255)))
            .size());
    int half = list(ListRequest.newBuilder().setEpoch(1).addArcs(arcs(0, 127))).size();
    int rest = list(ListRequest.newBuilder().setEpoch(1).addArcs(arcs(128, 255))).size();
    assertEquals(1000, half + rest);
    assertTrue(half > 300 && rest > 300);
    assertCode(
        FailureCode.BAD_REQUEST,
        () -> list(ListRequest.newBuilder().setEpoch(1).addArcs(arcs(250, 256))));
    assertCode(FailureCode.LAYOUT_UNKNOWN, () -> list(ListRequest.newBuilder().setEpoch(9)));
  }

  @Test
  void tellsWhatIsWrongWithTheDisk() throws Exception {
    BlobKey key = owned("disk");
    byte[] data = random(10);
    node.put(key, 1, data);
    store.corrupt(key);
    assertCode(FailureCode.CORRUPT, () -> node.get(key, 1));

    store.disk(DiskState.FULL);
    assertEquals("FULL", describe().getDisk());
    assertCode(FailureCode.DISK_FULL, () -> node.put(owned("more"), 1, data));

    store.disk(DiskState.FAILED);
    assertCode(FailureCode.DISK_FAILED, () -> node.put(owned("more"), 1, data));
    assertCode(FailureCode.DISK_FAILED, () -> delete(key));
  }

  @Test
  void aCancelledPutGivesItsBuffersBack() throws Exception {
    BlobKey key = owned("cancelled");
    byte[] data = random(8 << 20);
    Context.CancellableContext context = Context.current().withCancellation();
    context.run(
        () -> {
          StreamObserver<PutMessage> upload = node.upload(new CompletableFuture<>());
          upload.onNext(
              PutMessage.first(
                  TestNode.header(key, 1, data).build(), ByteBuffer.wrap(data, 0, 200_000)));
        });
    eventually(() -> store.buffers().availableBytes() < freeBytes);

    context.cancel(null);

    eventually(() -> store.buffers().availableBytes() == freeBytes);
    assertEquals(new BlobState.Absent(), store.stat(key));
  }

  @Test
  void callersThatTakeNothingHoldNoMemoryAndTooManyAreTurnedAway() throws Exception {
    BlobKey key = owned("stalled");
    byte[] data = random(8 << 20);
    node.put(key, 1, data);
    BlockingQueue<Status> ended = new LinkedBlockingQueue<>();
    List<ClientCall<GetRequest, GetMessage>> stalled =
        IntStream.range(0, 600).mapToObj(_ -> stall(key, ended)).toList();

    for (int i = 0; i < 600 - 512; i++) {
      Status refused = ended.poll(20, TimeUnit.SECONDS);
      assertEquals(Status.Code.UNAVAILABLE, refused.getCode());
    }
    assertTrue(ended.isEmpty());

    stalled.forEach(call -> call.cancel("enough", null));
    eventually(
        () -> {
          try {
            return Arrays.equals(data, node.get(key, 1));
          } catch (StatusRuntimeException busy) {
            return false;
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        });
  }

  @Test
  void refusesLayoutsThatContradictWhatItKnows() throws Exception {
    Layout newer = layout.withNodes(layout.nodes());
    node.install(newer);
    node.install(layout);
    assertEquals(2, describe().getEpoch());

    Layout conflicting =
        layout.withNodes(
            layout.nodes().reversed().stream().map(n -> n.withAddress("elsewhere:1")).toList());
    assertCode(FailureCode.LAYOUT_CONFLICT, () -> node.install(conflicting));
    Layout foreign = Solver.first("another", 8, 2, layout.nodes());
    assertCode(FailureCode.WRONG_CLUSTER, () -> node.install(foreign));
    assertCode(
        FailureCode.BAD_REQUEST,
        () ->
            node.control()
                .installLayout(
                    InstallLayoutRequest.newBuilder()
                        .setLayout(ByteString.copyFromUtf8("no layout"))
                        .build()));
  }

  private ClientCall<GetRequest, GetMessage> stall(BlobKey key, BlockingQueue<Status> ended) {
    ClientCall<GetRequest, GetMessage> call =
        node.channel().newCall(DataPlane.GET, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(GetMessage message) {
            message.close();
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.add(status);
          }
        },
        new Metadata());
    call.sendMessage(GetRequest.newBuilder().setKey(key.value()).setEpoch(1).build());
    call.halfClose();
    return call;
  }

  /// Puts a blob into the store as an earlier owner would have it.
  private void leave(BlobKey key, byte[] data) throws Exception {
    try (PayloadBuilder builder = store.buffers().receive(data.length)) {
      builder.append(ByteBuffer.wrap(data));
      try (Payload payload = builder.finish()) {
        store.put(new PutCommand(key, 1, payload, List.of()));
      }
    }
  }

  private ServingStatus health() {
    return HealthGrpc.newBlockingStub(node.channel())
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  private DescribeResponse describe() {
    return node.control().describe(DescribeRequest.getDefaultInstance());
  }

  private boolean delete(BlobKey key) {
    return node.blobs()
        .delete(DeleteRequest.newBuilder().setKey(key.value()).setEpoch(1).build())
        .getWasLive();
  }

  private StatResponse stat(BlobKey key) {
    return node.blobs().stat(StatRequest.newBuilder().setKey(key.value()).setEpoch(1).build());
  }

  private long purge() {
    return purge(1);
  }

  private long purge(long epoch) {
    return node.control()
        .purgeUnowned(PurgeUnownedRequest.newBuilder().setEpoch(epoch).build())
        .getBytes();
  }

  private List<ListEntry> list(ListRequest.Builder request) {
    List<ListEntry> entries = new ArrayList<>();
    node.blobs()
        .list(request.build())
        .forEachRemaining(page -> entries.addAll(page.getEntriesList()));
    return entries;
  }

  private static ArcRange arcs(int first, int last) {
    return ArcRange.newBuilder().setFirst(first).setLast(last).build();
  }

  private List<MissingReplica> listMissing(String nodeId) {
    List<MissingReplica> replicas = new ArrayList<>();
    node.control()
        .listMissing(ListMissingRequest.newBuilder().setNodeId(nodeId).build())
        .forEachRemaining((ListMissingResponse page) -> replicas.addAll(page.getReplicasList()));
    return replicas;
  }

  private static List<MissingReplica> unrevised(List<MissingReplica> listed) {
    return listed.stream().map(replica -> replica.toBuilder().clearRevision().build()).toList();
  }

  private static MissingReplica.Builder missing(BlobKey key, String nodeId) {
    return MissingReplica.newBuilder().setKey(key.value()).setNodeId(nodeId);
  }

  private BlobKey owned(String prefix) {
    return key(prefix, true);
  }

  private BlobKey unowned(String prefix) {
    return key(prefix, false);
  }

  private BlobKey key(String prefix, boolean owned) {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> new BlobKey(prefix + "/" + i))
        .filter(key -> layout.owns(node.id(), layout.arcOf(key)) == owned)
        .findFirst()
        .orElseThrow();
  }

  private static void assertCode(FailureCode code, Executable call) {
    StatusRuntimeException failure = assertThrows(StatusRuntimeException.class, call);
    assertEquals(Optional.of(code), Trailers.code(failure), failure::toString);
    assertEquals(code.status(), failure.getStatus().getCode());
  }

  private static void eventually(BooleanSupplier condition) {
    Eventually.holds(condition);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
