package dev.tritontube.web.blobs;

import dev.tritontube.proto.storage.v1.PutHeader;
import dev.tritontube.proto.storage.v1.PutResponse;
import dev.tritontube.proto.wire.DataPlane;
import dev.tritontube.proto.wire.PutMessage;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One `Put` call, written by one blocking thread, best a virtual one.
///
/// A message is handed over only while the call is ready: what a slow node does not take stays in
/// the caller's buffer, and gRPC copies each message before `sendMessage` returns. So nothing reads
/// the buffer after `send` returned or threw.
final class BlobUpload extends ClientCall.Listener<PutResponse> {
  private static final int READY_BYTES = 2 * DataPlane.CHUNK_BYTES;

  private final ClientCall<PutMessage, PutResponse> call;
  private final ByteBuffer rest;

  /// Guards what the transport tells.
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private @Nullable PutResponse response;
  private @Nullable Status status;
  private Metadata trailers = new Metadata();

  private BlobUpload(ClientCall<PutMessage, PutResponse> call, ByteBuffer data) {
    this.call = call;
    this.rest = data.asReadOnlyBuffer();
  }

  /// @param options with a deadline
  /// @throws StatusRuntimeException when the call failed
  static PutResponse send(Channel channel, CallOptions options, PutHeader header, ByteBuffer data)
      throws InterruptedException {
    CallOptions direct = options.withExecutor(Runnable::run).withOnReadyThreshold(READY_BYTES);
    return new BlobUpload(channel.newCall(DataPlane.PUT, direct), data).send(header);
  }

  private PutResponse send(PutHeader header) throws InterruptedException {
    boolean over = false;
    try {
      call.start(this, new Metadata());
      call.request(1);
      if (awaitReady()) {
        call.sendMessage(PutMessage.first(header, nextChunk()));
      }
      while (rest.hasRemaining() && awaitReady()) {
        call.sendMessage(PutMessage.more(nextChunk()));
      }
      call.halfClose();
      PutResponse answer = awaitEnd();
      over = true;
      return answer;
    } catch (StatusRuntimeException failure) {
      over = true;
      throw failure;
    } finally {
      if (!over) {
        call.cancel("given up by the writer", null);
      }
    }
  }

  private ByteBuffer nextChunk() {
    ByteBuffer chunk =
        rest.slice(rest.position(), Math.min(DataPlane.CHUNK_BYTES, rest.remaining()));
    rest.position(rest.position() + chunk.remaining());
    return chunk;
  }

  /// False when the call is over already.
  private boolean awaitReady() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (status == null && !call.isReady()) {
        changed.await();
      }
      return status == null;
    } finally {
      lock.unlock();
    }
  }

  private PutResponse awaitEnd() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (status == null) {
        changed.await();
      }
      if (!status.isOk()) {
        throw status.asRuntimeException(trailers);
      }
      if (response == null) {
        throw Status.INTERNAL.withDescription("no answer to a put").asRuntimeException();
      }
      return response;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onReady() {
    update(() -> {});
  }

  @Override
  public void onMessage(PutResponse message) {
    update(() -> response = message);
  }

  @Override
  public void onClose(Status end, Metadata with) {
    update(
        () -> {
          status = end;
          trailers = with;
        });
  }

  private void update(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
