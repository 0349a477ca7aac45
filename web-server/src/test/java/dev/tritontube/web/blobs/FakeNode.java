package dev.tritontube.web.blobs;

import com.google.protobuf.ByteString;
import dev.tritontube.proto.node.v1.MissingReplica;
import dev.tritontube.proto.node.v1.NodeServiceGrpc;
import dev.tritontube.proto.node.v1.RecordMissingRequest;
import dev.tritontube.proto.node.v1.RecordMissingResponse;
import dev.tritontube.proto.storage.v1.BlobInfo;
import dev.tritontube.proto.storage.v1.BlobServiceGrpc;
import dev.tritontube.proto.storage.v1.DeleteRequest;
import dev.tritontube.proto.storage.v1.DeleteResponse;
import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.storage.v1.GetResponse;
import dev.tritontube.proto.storage.v1.ListEntry;
import dev.tritontube.proto.storage.v1.ListRequest;
import dev.tritontube.proto.storage.v1.ListResponse;
import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.storage.v1.PutRequest;
import dev.tritontube.proto.storage.v1.PutResponse;
import dev.tritontube.proto.storage.v1.StatRequest;
import dev.tritontube.proto.storage.v1.StatResponse;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.ring.NodeId;
import dev.tritontube.ring.NodeState;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A storage node over a map, on a real socket and with the generated classes, that can be told to
/// misbehave.
final class FakeNode implements AutoCloseable {
  private static final int CHUNK_BYTES = 256 * 1024;

  final NodeId id;
  final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  final Set<String> tombstones = ConcurrentHashMap.newKeySet();
  final List<PutHeader> puts = new CopyOnWriteArrayList<>();
  final List<DeleteRequest> deletes = new CopyOnWriteArrayList<>();
  final List<GetRequest> gets = new CopyOnWriteArrayList<>();
  final List<MissingReplica> missing = new CopyOnWriteArrayList<>();
  final AtomicLong sentBytes = new AtomicLong();

  /// The only epoch that data calls are answered at; 0 = any.
  volatile long epoch;

  /// Answers every call about blobs with this.
  volatile @Nullable FailureCode refusal;

  /// Reads end after this many bytes, with `getFailure`, or in silence when there is none.
  volatile long getLimitBytes = Long.MAX_VALUE;

  volatile @Nullable RuntimeException getFailure;

  /// Writes are not answered.
  volatile boolean mute;

  /// `RecordMissing` is answered when this opens.
  volatile CountDownLatch recordGate = new CountDownLatch(0);

  /// Counts down when `RecordMissing` has come in.
  volatile CountDownLatch recordAsked = new CountDownLatch(1);

  private final HealthStatusManager health = new HealthStatusManager();
  private final int port;
  private Server server;

  FakeNode(int number) {
    id = new NodeId("%016x".formatted(number));
    server = start(0);
    port = server.getPort();
  }

  private Server start(int onPort) {
    try {
      return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", onPort))
          .addService(new BlobCalls())
          .addService(new NodeCalls())
          .addService(health.getHealthService())
          .build()
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  LayoutNode layoutNode() {
    return new LayoutNode(id, "127.0.0.1:" + port, "zone", 1, NodeState.ACTIVE);
  }

  /// The connections break and the port is closed, as when the process is killed.
  void kill() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }

  /// Comes back at the same address with what it had.
  void restart() {
    server = start(port);
  }

  void serves(boolean yes) {
    health.setStatus("", yes ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  /// Reads break after so many bytes.
  void breakReadsAfter(long bytes, @Nullable RuntimeException failure) {
    getLimitBytes = bytes;
    getFailure = failure;
  }

  @Override
  public void close() throws InterruptedException {
    recordGate.countDown();
    kill();
  }

  private @Nullable RuntimeException refusal(long callersEpoch) {
    FailureCode code = refusal;
    if (code != null) {
      return Trailers.failure(code, "told to refuse");
    }
    if (epoch != 0 && callersEpoch < epoch) {
      return Trailers.staleRing(epoch, "newer layout");
    }
    if (epoch != 0 && callersEpoch > epoch) {
      return Trailers.failure(FailureCode.LAYOUT_UNKNOWN, "older layout");
    }
    return null;
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static BlobInfo info(byte[] bytes) {
    return BlobInfo.newBuilder().setLength(bytes.length).setCrc32C(crc(bytes)).build();
  }

  private static <T> void answer(StreamObserver<T> caller, T answer) {
    caller.onNext(answer);
    caller.onCompleted();
  }

  private final class BlobCalls extends BlobServiceGrpc.BlobServiceImplBase {
    @Override
    public StreamObserver<PutRequest> put(StreamObserver<PutResponse> caller) {
      return new Upload(caller);
    }

    @Override
    public void get(GetRequest request, StreamObserver<GetResponse> caller) {
      gets.add(request);
      RuntimeException refused = refusal(request.getEpoch());
      byte[] blob = blobs.get(request.getKey());
      if (refused != null || blob == null) {
        caller.onError(
            refused != null ? refused : Trailers.failure(FailureCode.NOT_FOUND, "absent"));
        return;
      }
      new Download(request, blob, (ServerCallStreamObserver<GetResponse>) caller).begin();
    }

    @Override
    public void stat(StatRequest request, StreamObserver<StatResponse> caller) {
      RuntimeException refused = refusal(request.getEpoch());
      if (refused != null) {
        caller.onError(refused);
        return;
      }
      StatResponse.State state =
          blobs.containsKey(request.getKey())
              ? StatResponse.State.LIVE
              : tombstones.contains(request.getKey())
                  ? StatResponse.State.DELETED
                  : StatResponse.State.ABSENT;
      answer(caller, StatResponse.newBuilder().setState(state).build());
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<DeleteResponse> caller) {
      RuntimeException refused = refusal(request.getEpoch());
      if (refused != null) {
        caller.onError(refused);
        return;
      }
      deletes.add(request);
      tombstones.add(request.getKey());
      boolean live = blobs.remove(request.getKey()) != null;
      if (!mute) {
        answer(caller, DeleteResponse.newBuilder().setWasLive(live).build());
      }
    }

    @Override
    public void list(ListRequest request, StreamObserver<ListResponse> caller) {
      ListResponse.Builder page = ListResponse.newBuilder();
      blobs.keySet().stream()
          .filter(key -> key.startsWith(request.getPrefix()))
          .forEach(key -> page.addEntries(ListEntry.newBuilder().setKey(key)));
      answer(caller, page.build());
    }
  }

  private final class Upload implements StreamObserver<PutRequest> {
    private final StreamObserver<PutResponse> caller;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private PutHeader header = PutHeader.getDefaultInstance();

    Upload(StreamObserver<PutResponse> caller) {
      this.caller = caller;
    }

    @Override
    public void onNext(PutRequest request) {
      if (request.hasHeader()) {
        header = request.getHeader();
      }
      bytes.writeBytes(request.getData().toByteArray());
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {
      RuntimeException refused = refusal();
      if (refused != null) {
        caller.onError(refused);
        return;
      }
      puts.add(header);
      boolean before = blobs.putIfAbsent(header.getKey(), bytes.toByteArray()) != null;
      if (!mute) {
        answer(caller, PutResponse.newBuilder().setAlreadyStored(before).build());
      }
    }

    private @Nullable RuntimeException refusal() {
      RuntimeException refused = FakeNode.this.refusal(header.getEpoch());
      if (refused != null) {
        return refused;
      }
      if (tombstones.contains(header.getKey())) {
        return Trailers.failure(FailureCode.KEY_DELETED, "deleted");
      }
      if (header.getLength() != bytes.size() || header.getCrc32C() != crc(bytes.toByteArray())) {
        return Trailers.failure(FailureCode.CHECKSUM_MISMATCH, "not what was announced");
      }
      byte[] before = blobs.get(header.getKey());
      return before == null || Arrays.equals(before, bytes.toByteArray())
          ? null
          : Trailers.failure(FailureCode.DIFFERENT_BYTES, "other bytes");
    }
  }

  private final class Download {
    private final ServerCallStreamObserver<GetResponse> caller;
    private final byte[] blob;
    private final int end;
    private int position;
    private long left = getLimitBytes;
    private boolean over;
    private boolean begun;

    Download(GetRequest request, byte[] blob, ServerCallStreamObserver<GetResponse> caller) {
      this.caller = caller;
      this.blob = blob;
      this.position = (int) request.getOffset();
      long length = request.getLength() == 0 ? Long.MAX_VALUE : request.getLength();
      this.end = (int) Math.min(blob.length, position + Math.min(length, blob.length));
    }

    void begin() {
      caller.setOnReadyHandler(this::pump);
      caller.setOnCancelHandler(() -> {});
      pump();
    }

    private synchronized void pump() {
      while (!over && caller.isReady()) {
        if (left == 0) {
          stop();
        } else if (begun && position == end) {
          over = true;
          caller.onCompleted();
        } else {
          send();
        }
      }
    }

    private void send() {
      int count = (int) Math.min(left, Math.min(CHUNK_BYTES, end - position));
      GetResponse.Builder message =
          GetResponse.newBuilder().setData(ByteString.copyFrom(blob, position, count));
      if (!begun) {
        message.setInfo(info(blob));
      }
      begun = true;
      position += count;
      left -= count;
      sentBytes.addAndGet(count);
      caller.onNext(message.build());
    }

    private void stop() {
      over = true;
      RuntimeException failure = getFailure;
      if (failure != null) {
        caller.onError(failure);
      }
    }
  }

  private final class NodeCalls extends NodeServiceGrpc.NodeServiceImplBase {
    @Override
    public void recordMissing(
        RecordMissingRequest request, StreamObserver<RecordMissingResponse> caller) {
      recordAsked.countDown();
      try {
        recordGate.await();
        missing.addAll(request.getReplicasList());
        answer(caller, RecordMissingResponse.getDefaultInstance());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        caller.onError(Status.CANCELLED.asRuntimeException());
      }
    }
  }
}
