package dev.tritontube.node.grpc;

import com.google.protobuf.ByteString;
import dev.tritontube.node.engine.BlobStore;
import dev.tritontube.node.membership.Membership;
import dev.tritontube.node.membership.NodeIdentity;
import dev.tritontube.node.peers.GrpcPeers;
import dev.tritontube.node.replication.NodeBlobs;
import dev.tritontube.node.replication.ReadRepair;
import dev.tritontube.proto.node.v1.InstallLayoutRequest;
import dev.tritontube.proto.node.v1.NodeServiceGrpc;
import dev.tritontube.proto.node.v1.NodeServiceGrpc.NodeServiceBlockingStub;
import dev.tritontube.proto.storage.v1.BlobServiceGrpc;
import dev.tritontube.proto.storage.v1.BlobServiceGrpc.BlobServiceBlockingStub;
import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.storage.v1.PutResponse;
import dev.tritontube.proto.wire.BlobDownload;
import dev.tritontube.proto.wire.DataPlane;
import dev.tritontube.proto.wire.GetMessage;
import dev.tritontube.proto.wire.PutMessage;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.Layout;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import dev.tritontube.ring.Solver;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32C;

/// A whole node but its data folder: a store that the test chose behind a real gRPC server, and a
/// client of it.
final class TestNode implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final NodeId id;
  private final BlobStore store;
  private final NodeServer server;
  private final GrpcPeers peers;
  private final ReadRepair repair;
  private final ManagedChannel channel;

  private TestNode(
      NodeId id, BlobStore store, NodeServer server, GrpcPeers peers, ReadRepair repair) {
    this.id = id;
    this.store = store;
    this.server = server;
    this.peers = peers;
    this.repair = repair;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .maxInboundMessageSize(DataPlane.MAX_MESSAGE_BYTES)
            .build();
  }

  static TestNode start(int number, BlobStore store, Path folder) throws IOException {
    NodeId id = new NodeId("%016x".formatted(number));
    CompletableFuture<NodeServer> started = new CompletableFuture<>();
    Membership membership =
        Membership.load(
            new MemoryIdentity(id), folder, () -> started.thenAccept(NodeServer::serving));
    GrpcPeers peers = new GrpcPeers();
    NodeBlobs blobs = new NodeBlobs(store);
    ReadRepair repair = new ReadRepair(membership, blobs, peers);
    repair.start();
    NodeServer server =
        NodeServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new NodeServer.Parts(membership, blobs, peers, repair, "zone-" + number),
            new SimpleMeterRegistry());
    started.complete(server);
    return new TestNode(id, store, server, peers, repair);
  }

  private static final class MemoryIdentity implements NodeIdentity {
    private final NodeId id;
    private volatile Optional<String> cluster = Optional.empty();

    MemoryIdentity(NodeId id) {
      this.id = id;
    }

    @Override
    public NodeId nodeId() {
      return id;
    }

    @Override
    public Optional<String> clusterId() {
      return cluster;
    }

    @Override
    public void join(String clusterId) {
      cluster = Optional.of(clusterId);
    }
  }

  NodeId id() {
    return id;
  }

  BlobStore store() {
    return store;
  }

  LayoutNode inLayout() {
    return new LayoutNode(id, "127.0.0.1:" + server.port(), "zone-" + id, 1, NodeState.ACTIVE);
  }

  void install(Layout layout) {
    control()
        .installLayout(
            InstallLayoutRequest.newBuilder()
                .setLayout(ByteString.copyFrom(layout.encode()))
                .build());
  }

  ManagedChannel channel() {
    return channel;
  }

  NodeServiceBlockingStub control() {
    return NodeServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  BlobServiceBlockingStub blobs() {
    return BlobServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  PutResponse put(BlobKey key, long epoch, byte[] data) throws Exception {
    return put(header(key, epoch, data).build(), data);
  }

  static PutHeader.Builder header(BlobKey key, long epoch, byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return PutHeader.newBuilder()
        .setKey(key.value())
        .setEpoch(epoch)
        .setLength(data.length)
        .setCrc32C((int) crc.getValue());
  }

  /// @throws StatusRuntimeException when the node refused
  PutResponse put(PutHeader header, byte[] data) throws InterruptedException, TimeoutException {
    CompletableFuture<PutResponse> answer = new CompletableFuture<>();
    StreamObserver<PutMessage> upload = upload(answer);
    upload.onNext(PutMessage.first(header, ByteBuffer.wrap(data, 0, Math.min(10, data.length))));
    for (int at = 10; at < data.length; at += DataPlane.CHUNK_BYTES) {
      int length = Math.min(DataPlane.CHUNK_BYTES, data.length - at);
      upload.onNext(PutMessage.more(ByteBuffer.wrap(data, at, length)));
    }
    upload.onCompleted();
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw (StatusRuntimeException) failed.getCause();
    }
  }

  StreamObserver<PutMessage> upload(CompletableFuture<PutResponse> answer) {
    return ClientCalls.asyncClientStreamingCall(
        channel.newCall(DataPlane.PUT, CallOptions.DEFAULT), new AnswerObserver(answer));
  }

  private record AnswerObserver(CompletableFuture<PutResponse> answer)
      implements StreamObserver<PutResponse> {
    @Override
    public void onNext(PutResponse response) {
      answer.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }

  byte[] get(BlobKey key, long epoch) throws InterruptedException {
    return get(GetRequest.newBuilder().setKey(key.value()).setEpoch(epoch).build());
  }

  byte[] get(GetRequest request) throws InterruptedException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (BlobDownload download = BlobDownload.start(channel, CallOptions.DEFAULT, request)) {
      while (true) {
        try (GetMessage message = download.next(PATIENCE)) {
          if (message == null) {
            return read.toByteArray();
          }
          message.data().forEach(piece -> copy(piece, read));
        }
      }
    }
  }

  private static void copy(ByteBuffer piece, ByteArrayOutputStream target) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    target.writeBytes(bytes);
  }

  static Layout layout(int replicas, List<TestNode> nodes) {
    return Solver.first("cluster", 8, replicas, nodes.stream().map(TestNode::inLayout).toList());
  }

  @Override
  public void close() throws IOException {
    channel.shutdownNow();
    server.stop(Duration.ofMillis(200));
    repair.close();
    peers.close();
  }
}
