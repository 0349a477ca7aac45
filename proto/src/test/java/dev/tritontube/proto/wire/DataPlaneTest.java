package dev.tritontube.proto.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.tritontube.proto.storage.v1.BlobInfo;
import dev.tritontube.proto.storage.v1.BlobServiceGrpc;
import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.storage.v1.GetResponse;
import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.storage.v1.PutRequest;
import dev.tritontube.proto.storage.v1.PutResponse;
import dev.tritontube.proto.storage.v1.StatRequest;
import dev.tritontube.proto.storage.v1.StatResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every pairing of this package with the generated classes over real connections.
@Timeout(60)
class DataPlaneTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final byte[] BLOB = random(3_000_001);

  private final List<Server> servers = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (ManagedChannel channel : channels) {
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
    for (Server server : servers) {
      server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void ourClientReadsFromAStockServer() throws Exception {
    ManagedChannel channel = start(new StockService().bindService());
    assertArrayEquals(BLOB, download(channel));
  }

  @Test
  void ourClientReadsFromOurServer() throws Exception {
    ManagedChannel channel = start(ourService());
    assertArrayEquals(BLOB, download(channel));
  }

  @Test
  void stockClientReadsFromOurServer() throws Exception {
    ManagedChannel channel = start(ourService());
    Iterator<GetResponse> responses =
        BlobServiceGrpc.newBlockingStub(channel).get(GetRequest.newBuilder().setKey("k").build());
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    GetResponse first = responses.next();
    assertEquals(BLOB.length, first.getInfo().getLength());
    first.getData().writeTo(read);
    while (responses.hasNext()) {
      responses.next().getData().writeTo(read);
    }
    assertArrayEquals(BLOB, read.toByteArray());
  }

  @Test
  void ourClientWritesToAStockServer() throws Exception {
    StockService stock = new StockService();
    ManagedChannel channel = start(stock.bindService());
    upload(channel);
    assertArrayEquals(BLOB, stock.received.toByteArray());
  }

  @Test
  void stockClientWritesToOurServer() throws Exception {
    ManagedChannel channel = start(ourService());
    CompletableFuture<PutResponse> answer = new CompletableFuture<>();
    StreamObserver<PutRequest> requests =
        BlobServiceGrpc.newStub(channel).put(new AnswerObserver(answer));
    PutHeader header = PutHeader.newBuilder().setKey("k").setLength(BLOB.length).build();
    requests.onNext(
        PutRequest.newBuilder()
            .setHeader(header)
            .setData(ByteString.copyFrom(BLOB, 0, 1000))
            .build());
    for (int at = 1000; at < BLOB.length; at += 200_000) {
      ByteString data = ByteString.copyFrom(BLOB, at, Math.min(200_000, BLOB.length - at));
      requests.onNext(PutRequest.newBuilder().setData(data).build());
    }
    requests.onCompleted();
    answer.get(20, TimeUnit.SECONDS);
  }

  @Test
  void otherMethodsOfTheServiceStayAsTheyWere() throws IOException {
    ManagedChannel channel = start(ourService());
    StatResponse response =
        BlobServiceGrpc.newBlockingStub(channel).stat(StatRequest.newBuilder().setKey("k").build());
    assertEquals(StatResponse.State.LIVE, response.getState());
  }

  @Test
  void codeAndEpochOfAFailureArrive() throws IOException {
    ManagedChannel channel =
        start(
            DataPlane.service(
                new StockService().bindService(),
                ServerCalls.asyncClientStreamingCall(_ -> new IgnoringPut()),
                ServerCalls.asyncServerStreamingCall(
                    (_, observer) ->
                        observer.onError(Trailers.staleRing(12, "epoch 11, not 12")))));
    try (BlobDownload download =
        BlobDownload.start(channel, CallOptions.DEFAULT, GetRequest.getDefaultInstance())) {
      StatusRuntimeException failure =
          assertThrows(StatusRuntimeException.class, () -> download.next(PATIENCE));
      assertEquals(Optional.of(FailureCode.STALE_RING), Trailers.code(failure));
      assertEquals(12, Trailers.epoch(failure).getAsLong());
      assertEquals(Status.Code.FAILED_PRECONDITION, failure.getStatus().getCode());
    }
  }

  @Test
  void aServerThatSendsNothingIsGivenUp() throws IOException {
    ManagedChannel channel =
        start(
            DataPlane.service(
                new StockService().bindService(),
                ServerCalls.asyncClientStreamingCall(_ -> new IgnoringPut()),
                ServerCalls.asyncServerStreamingCall((_, _) -> {})));
    try (BlobDownload download =
        BlobDownload.start(channel, CallOptions.DEFAULT, GetRequest.getDefaultInstance())) {
      StatusRuntimeException failure =
          assertThrows(StatusRuntimeException.class, () -> download.next(Duration.ofMillis(50)));
      assertEquals(Status.Code.DEADLINE_EXCEEDED, failure.getStatus().getCode());
    }
  }

  private ManagedChannel start(ServerServiceDefinition service) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(service)
            .maxInboundMessageSize(DataPlane.MAX_MESSAGE_BYTES)
            .build()
            .start();
    servers.add(server);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            .maxInboundMessageSize(DataPlane.MAX_MESSAGE_BYTES)
            .build();
    channels.add(channel);
    return channel;
  }

  private static byte[] download(ManagedChannel channel) throws Exception {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    GetRequest request = GetRequest.newBuilder().setKey("k").build();
    try (BlobDownload download = BlobDownload.start(channel, CallOptions.DEFAULT, request)) {
      GetMessage first = present(download.next(PATIENCE));
      assertEquals(BLOB.length, first.info().orElseThrow().getLength());
      for (GetMessage message = first; message != null; message = download.next(PATIENCE)) {
        copy(message, read);
      }
    }
    return read.toByteArray();
  }

  private static GetMessage present(@Nullable GetMessage message) {
    return Objects.requireNonNull(message, "the stream ended");
  }

  private static void upload(ManagedChannel channel) throws Exception {
    CompletableFuture<PutResponse> answer = new CompletableFuture<>();
    StreamObserver<PutMessage> requests =
        ClientCalls.asyncClientStreamingCall(
            channel.newCall(DataPlane.PUT, CallOptions.DEFAULT), new AnswerObserver(answer));
    ByteBuffer blob = ByteBuffer.allocateDirect(BLOB.length).put(BLOB).flip();
    PutHeader header = PutHeader.newBuilder().setKey("k").setLength(BLOB.length).build();
    requests.onNext(PutMessage.first(header, blob.slice(0, 5000)));
    for (int at = 5000; at < BLOB.length; at += DataPlane.CHUNK_BYTES) {
      requests.onNext(
          PutMessage.more(blob.slice(at, Math.min(DataPlane.CHUNK_BYTES, BLOB.length - at))));
    }
    requests.onCompleted();
    answer.get(20, TimeUnit.SECONDS);
  }

  private static ServerServiceDefinition ourService() {
    return DataPlane.service(
        new StockService().bindService(),
        ServerCalls.asyncClientStreamingCall(OurPut::new),
        ServerCalls.asyncServerStreamingCall((_, observer) -> send(observer)));
  }

  private static void send(StreamObserver<GetMessage> observer) {
    ByteBuffer blob = ByteBuffer.allocateDirect(BLOB.length).put(BLOB).flip();
    BlobInfo info = BlobInfo.newBuilder().setLength(BLOB.length).build();
    for (int at = 0; at < BLOB.length; at += DataPlane.CHUNK_BYTES) {
      ByteBuffer data = blob.slice(at, Math.min(DataPlane.CHUNK_BYTES, BLOB.length - at));
      Optional<BlobInfo> first = at == 0 ? Optional.of(info) : Optional.empty();
      observer.onNext(GetMessage.of(first, data, () -> {}));
    }
    observer.onCompleted();
  }

  private static void copy(GetMessage message, ByteArrayOutputStream target) {
    try (message) {
      for (ByteBuffer piece : message.data()) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        target.writeBytes(bytes);
      }
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static final class StockService extends BlobServiceGrpc.BlobServiceImplBase {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @Override
    public void get(GetRequest request, StreamObserver<GetResponse> observer) {
      GetResponse.Builder first =
          GetResponse.newBuilder().setInfo(BlobInfo.newBuilder().setLength(BLOB.length));
      observer.onNext(first.build());
      for (int at = 0; at < BLOB.length; at += 100_000) {
        ByteString data = ByteString.copyFrom(BLOB, at, Math.min(100_000, BLOB.length - at));
        observer.onNext(GetResponse.newBuilder().setData(data).build());
      }
      observer.onCompleted();
    }

    @Override
    public StreamObserver<PutRequest> put(StreamObserver<PutResponse> observer) {
      return new StreamObserver<>() {
        @Override
        public void onNext(PutRequest request) {
          received.writeBytes(request.getData().toByteArray());
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          observer.onNext(PutResponse.getDefaultInstance());
          observer.onCompleted();
        }
      };
    }

    @Override
    public void stat(StatRequest request, StreamObserver<StatResponse> observer) {
      observer.onNext(StatResponse.newBuilder().setState(StatResponse.State.LIVE).build());
      observer.onCompleted();
    }
  }

  /// Takes nothing and answers nothing.
  private record IgnoringPut() implements StreamObserver<PutMessage> {
    @Override
    public void onNext(PutMessage message) {
      message.close();
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }

  private static final class OurPut implements StreamObserver<PutMessage> {
    private final StreamObserver<PutResponse> answer;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    OurPut(StreamObserver<PutResponse> answer) {
      this.answer = answer;
    }

    @Override
    public void onNext(PutMessage message) {
      try (message) {
        for (ByteBuffer piece : message.data()) {
          byte[] bytes = new byte[piece.remaining()];
          piece.get(bytes);
          received.writeBytes(bytes);
        }
      }
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {
      if (Arrays.equals(BLOB, received.toByteArray())) {
        answer.onNext(PutResponse.getDefaultInstance());
        answer.onCompleted();
      } else {
        answer.onError(Trailers.failure(FailureCode.CHECKSUM_MISMATCH, "other bytes"));
      }
    }
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
}
