package dev.tritontube.proto.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A data message as the bytes of its protobuf encoding: a short prefix, then the data where it is.
///
/// gRPC drains it into its own buffers and closes it, which closes the message. Not thread-safe.
final class DataMessageStream extends InputStream implements KnownLength, Drainable {
  private final DataMessage<?> message;
  private final List<ByteBuffer> parts = new ArrayList<>(4);

  DataMessageStream(DataMessage<?> message) {
    this.message = message;
    parts.add(prefix(message));
    message.data().forEach(piece -> parts.add(piece.duplicate()));
  }

  private static ByteBuffer prefix(DataMessage<?> message) {
    MessageLite head = message.head().orElse(null);
    int dataBytes = message.dataBytes();
    try {
      ByteBuffer prefix = ByteBuffer.allocate(prefixBytes(head, dataBytes));
      CodedOutputStream out = CodedOutputStream.newInstance(prefix);
      if (head != null) {
        out.writeMessage(1, head);
      }
      if (dataBytes > 0) {
        out.writeUInt32NoTag(DataMessageParser.DATA_TAG);
        out.writeUInt32NoTag(dataBytes);
      }
      out.flush();
      return prefix.flip();
    } catch (IOException impossible) {
      throw new IllegalStateException("encoding a message in memory", impossible);
    }
  }

  private static int prefixBytes(@Nullable MessageLite head, int dataBytes) {
    int headBytes = head == null ? 0 : CodedOutputStream.computeMessageSize(1, head);
    int tagBytes = dataBytes == 0 ? 0 : 1 + CodedOutputStream.computeUInt32SizeNoTag(dataBytes);
    return headBytes + tagBytes;
  }

  @Override
  public int available() {
    return parts.stream().mapToInt(ByteBuffer::remaining).sum();
  }

  @Override
  public int read() {
    for (ByteBuffer part : parts) {
      if (part.hasRemaining()) {
        return part.get() & 0xFF;
      }
    }
    return -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    int read = 0;
    for (ByteBuffer part : parts) {
      int count = Math.min(part.remaining(), length - read);
      part.get(target, offset + read, count);
      read += count;
    }
    return read == 0 && length > 0 ? -1 : read;
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    int drained = available();
    for (ByteBuffer part : parts) {
      if (part.hasArray()) {
        target.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
        part.position(part.limit());
      } else {
        ScratchArrays.copy(part, target);
      }
    }
    return drained;
  }

  @Override
  public void close() {
    message.close();
  }
}
