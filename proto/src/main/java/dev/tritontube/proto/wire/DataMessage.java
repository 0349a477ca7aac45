package dev.tritontube.proto.wire;

import com.google.protobuf.MessageLite;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Field 1, a small message, and field 3, bytes in pieces that may belong to Netty or to a pool.
///
/// Whoever holds the message closes it, once its bytes are used; closing again does nothing. gRPC
/// closes a message that it sends as soon as the bytes are in its own buffers.
abstract sealed class DataMessage<H extends MessageLite> implements AutoCloseable
    permits PutMessage, GetMessage {
  private static final Runnable NOTHING = () -> {};

  private final @Nullable H head;
  private final List<ByteBuffer> data;
  private final AtomicReference<Runnable> release;

  DataMessage(@Nullable H head, List<ByteBuffer> data, Runnable release) {
    this.head = head;
    this.data = List.copyOf(data);
    this.release = new AtomicReference<>(release);
  }

  /// The first field, in the first message of a stream.
  Optional<H> head() {
    return Optional.ofNullable(head);
  }

  /// The bytes of this message, each piece from position to limit. Valid until `close`.
  public List<ByteBuffer> data() {
    return data;
  }

  /// The number of bytes in `data` when nothing has been read from it.
  public int dataBytes() {
    return data.stream().mapToInt(ByteBuffer::remaining).sum();
  }

  /// Gives the memory behind `data` back.
  @Override
  public void close() {
    Runnable once = release.getAndSet(NOTHING);
    if (once != null) {
      once.run();
    }
  }
}
