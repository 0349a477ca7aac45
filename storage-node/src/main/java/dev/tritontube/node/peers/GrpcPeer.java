package dev.tritontube.node.peers;

import dev.tritontube.node.engine.BufferPool;
import dev.tritontube.node.engine.CorruptBlobException;
import dev.tritontube.node.engine.ListedBlob;
import dev.tritontube.node.engine.Payload;
import dev.tritontube.node.engine.PayloadBuilder;
import dev.tritontube.proto.node.v1.AnnounceRequest;
import dev.tritontube.proto.node.v1.NodeServiceGrpc;
import dev.tritontube.proto.storage.v1.BlobInfo;
import dev.tritontube.proto.storage.v1.BlobServiceGrpc;
import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.storage.v1.ListEntry;
import dev.tritontube.proto.storage.v1.ListRequest;
import dev.tritontube.proto.storage.v1.ListResponse;
import dev.tritontube.proto.wire.BlobDownload;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.GetMessage;
import dev.tritontube.proto.wire.Trailers;
import dev.tritontube.ring.ArcRange;
import dev.tritontube.ring.BlobKey;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One other node over gRPC. Progress is bounded message by message, not call by call.
final class GrpcPeer implements Peer {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String address;
  private final ManagedChannel channel;

  GrpcPeer(String address, ManagedChannel channel) {
    this.address = address;
    this.channel = channel;
  }

  @Override
  public void list(List<ArcRange> arcs, Consumer<ListedBlob> sink) throws IOException {
    BlockingClientCall<?, ListResponse> call =
        BlobServiceGrpc.newBlockingV2Stub(channel).list(listRequest(arcs));
    try {
      for (ListResponse page = next(call); page != null; page = next(call)) {
        page.getEntriesList().forEach(entry -> sink.accept(listed(entry)));
      }
    } catch (StatusException | TimeoutException failure) {
      throw new IOException("listing arcs on " + address + ": " + failure.getMessage(), failure);
    } catch (InterruptedException _) {
      throw interrupted("listing arcs on " + address);
    } finally {
      call.cancel("the list is not wanted any more", null);
    }
  }

  private static @Nullable ListResponse next(BlockingClientCall<?, ListResponse> call)
      throws InterruptedException, TimeoutException, StatusException {
    return call.read(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ListRequest listRequest(List<ArcRange> arcs) {
    ListRequest.Builder request =
        ListRequest.newBuilder().setIncludeTombstones(true).setBackground(true);
    for (ArcRange range : arcs) {
      request.addArcsBuilder().setFirst(range.first()).setLast(range.last());
    }
    return request.build();
  }

  private static ListedBlob listed(ListEntry entry) {
    return new ListedBlob(
        new BlobKey(entry.getKey()), entry.getLength(), entry.getCrc32C(), entry.getTombstone());
  }

  @Override
  public Optional<Payload> fetch(BlobKey key, BufferPool into, Throttle throttle)
      throws IOException {
    GetRequest request = GetRequest.newBuilder().setKey(key.value()).setBackground(true).build();
    try (BlobDownload download = BlobDownload.start(channel, CallOptions.DEFAULT, request)) {
      return Optional.of(receive(key, download, into, throttle));
    } catch (StatusRuntimeException failure) {
      if (Trailers.code(failure).equals(Optional.of(FailureCode.NOT_FOUND))) {
        return Optional.empty();
      }
      String what = "copying " + key + " from " + address + ": " + failure.getMessage();
      throw isSilence(failure)
          ? new SilentPeerException(what, failure)
          : new IOException(what, failure);
    } catch (InterruptedException _) {
      throw interrupted("copying " + key + " from " + address);
    }
  }

  /// What the node itself refuses carries a code.
  private static boolean isSilence(StatusRuntimeException failure) {
    return Trailers.code(failure).isEmpty()
        && switch (failure.getStatus().getCode()) {
          case UNAVAILABLE, DEADLINE_EXCEEDED -> true;
          default -> false;
        };
  }

  private Payload receive(BlobKey key, BlobDownload download, BufferPool into, Throttle throttle)
      throws IOException, InterruptedException {
    GetMessage message = download.next(PATIENCE);
    if (message == null) {
      throw new IOException(address + " sent nothing of " + key);
    }
    BlobInfo info = message.info().orElse(BlobInfo.getDefaultInstance());
    try (PayloadBuilder builder = reserve(into, info, message)) {
      for (; message != null; message = download.next(PATIENCE)) {
        throttle.take(append(key, message, builder));
      }
      return verified(key, builder, info);
    }
  }

  private static PayloadBuilder reserve(BufferPool into, BlobInfo info, GetMessage first)
      throws IOException {
    try {
      return into.receive(info.getLength());
    } catch (IOException | RuntimeException failure) {
      first.close();
      throw failure;
    }
  }

  private int append(BlobKey key, GetMessage message, PayloadBuilder builder) throws IOException {
    try (message) {
      int bytes = message.dataBytes();
      if (bytes > builder.remaining()) {
        throw new IOException(address + " sent more of " + key + " than it announced");
      }
      for (ByteBuffer piece : message.data()) {
        builder.append(piece);
      }
      return bytes;
    }
  }

  private Payload verified(BlobKey key, PayloadBuilder builder, BlobInfo info) throws IOException {
    if (builder.remaining() > 0) {
      throw new IOException(
          address + " sent " + key + " without its last " + builder.remaining() + " bytes");
    }
    Payload payload = builder.finish();
    if (payload.crc32c() != info.getCrc32C()) {
      payload.close();
      throw new CorruptBlobException(
          "%s from %s has checksum %08x instead of %08x"
              .formatted(key, address, payload.crc32c(), info.getCrc32C()));
    }
    return payload;
  }

  @Override
  public void announce(Announcement announcement) throws IOException {
    AnnounceRequest request =
        AnnounceRequest.newBuilder()
            .setNodeId(announcement.node().value())
            .setClusterId(announcement.clusterId())
            .setAddress(announcement.address())
            .build();
    try {
      NodeServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .announce(request);
    } catch (StatusRuntimeException failure) {
      throw new IOException("announcing to " + address + ": " + failure.getMessage(), failure);
    }
  }

  private static InterruptedIOException interrupted(String what) {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while " + what);
  }
}
