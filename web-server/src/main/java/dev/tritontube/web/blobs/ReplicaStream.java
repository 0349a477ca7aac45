package dev.tritontube.web.blobs;

import dev.tritontube.proto.storage.v1.BlobInfo;
import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.wire.BlobDownload;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.proto.wire.GetMessage;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.web.blobs.NodeClient.CallRecord;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bytes of a blob from one node. For one thread at a time; closing it releases every buffer.
final class ReplicaStream implements AutoCloseable {
  private final LayoutNode node;
  private final NodeVitals vitals;
  private final Duration patience;
  private final CallRecord record;
  private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
  private @Nullable BlobDownload download;
  private @Nullable GetMessage message;
  private BlobInfo info = BlobInfo.getDefaultInstance();
  private boolean ended;
  private boolean closed;

  ReplicaStream(LayoutNode node, NodeVitals vitals, Duration patience, RingMetrics metrics) {
    this.node = node;
    this.vitals = vitals;
    this.patience = patience;
    this.record = new CallRecord("get", vitals, metrics);
  }

  /// Sends the request and waits for the first message, which has the info.
  void start(Channel channel, GetRequest request) throws NodeException, InterruptedException {
    vitals.callBegan();
    boolean begun = false;
    try {
      BlobDownload started = BlobDownload.start(channel, CallOptions.DEFAULT, request);
      download = started;
      fetch(started);
      GetMessage first = message;
      info =
          (first == null ? Optional.<BlobInfo>empty() : first.info())
              .orElseThrow(() -> NodeException.of(node, "get without info", FailureCode.CORRUPT));
      vitals.answered(record.nanos());
      begun = true;
    } finally {
      if (!begun) {
        close();
      }
    }
  }

  LayoutNode node() {
    return node;
  }

  /// Of the whole blob.
  BlobInfo info() {
    return info;
  }

  /// Fills the target as far as one message goes, or to its limit.
  ///
  /// @return false at the end, with nothing added
  boolean read(ByteBuffer target) throws NodeException, InterruptedException {
    while (pieces.isEmpty()) {
      BlobDownload open = download;
      if (ended || open == null || !fetch(open)) {
        return false;
      }
    }
    while (!pieces.isEmpty() && target.hasRemaining()) {
      drain(pieces.element(), target);
    }
    if (pieces.isEmpty()) {
      releaseMessage();
    }
    return true;
  }

  private void drain(ByteBuffer piece, ByteBuffer target) {
    int count = Math.min(piece.remaining(), target.remaining());
    target.put(piece.slice(piece.position(), count));
    piece.position(piece.position() + count);
    if (!piece.hasRemaining()) {
      pieces.remove();
    }
  }

  /// Takes the next message; false at the end.
  private boolean fetch(BlobDownload from) throws NodeException, InterruptedException {
    releaseMessage();
    long askedAt = System.nanoTime();
    try {
      GetMessage next = from.next(patience);
      message = next;
      if (next == null) {
        ended = true;
        record.succeeded();
        return false;
      }
      next.data().stream()
          .filter(ByteBuffer::hasRemaining)
          .forEach(piece -> pieces.add(piece.duplicate()));
      return true;
    } catch (StatusRuntimeException failure) {
      boolean nodesDeadline =
          failure.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
              && System.nanoTime() - askedAt < patience.toNanos();
      throw record.failed(node, nodesDeadline ? tookTooLong(failure) : failure);
    }
  }

  /// The node lost patience with this reader, which says nothing about the node.
  private static StatusRuntimeException tookTooLong(StatusRuntimeException failure) {
    return Status.ABORTED
        .withDescription(failure.getStatus().getDescription())
        .withCause(failure)
        .asRuntimeException();
  }

  private void releaseMessage() {
    GetMessage taken = message;
    message = null;
    pieces.clear();
    if (taken != null) {
      taken.close();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    BlobDownload open = download;
    download = null;
    releaseMessage();
    vitals.callEnded();
    if (open != null) {
      open.close();
    }
  }
}
