package dev.tritontube.proto.wire;

import io.grpc.Detachable;
import io.grpc.HasByteBuffer;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One received message, taken out of gRPC's hands, so that its buffers live until `close`.
///
/// Two properties of grpc-java shape this class. A composite of buffers frees each one as it is
/// passed unless it was marked before. And `byteBufferSupported` of the whole is false for a
/// message in which a single piece (often the last few hundred bytes) is an array: pieces are
/// therefore asked one by one, and one that has no buffer is copied.
final class DetachedInput {
  private final InputStream stream;
  private final @Nullable HasByteBuffer buffers;

  private DetachedInput(InputStream stream, @Nullable HasByteBuffer buffers) {
    this.stream = stream;
    this.buffers = buffers;
  }

  static DetachedInput of(InputStream message) throws IOException {
    if (message instanceof Detachable detachable) {
      InputStream detached = detachable.detach();
      if (detached instanceof HasByteBuffer buffers && detached.markSupported()) {
        detached.mark(detached.available());
        return new DetachedInput(detached, buffers);
      }
      return new DetachedInput(detached, null);
    }
    return new DetachedInput(new ByteArrayInputStream(message.readAllBytes()), null);
  }

  InputStream stream() {
    return stream;
  }

  /// The bytes of the message that were not read yet.
  int available() throws IOException {
    return stream.available();
  }

  int read() throws IOException {
    int value = stream.read();
    if (value < 0) {
      throw new EOFException("the message ends in the middle of a field");
    }
    return value;
  }

  byte[] readBytes(int length) throws IOException {
    byte[] bytes = stream.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the message ends " + (length - bytes.length) + " bytes early");
    }
    return bytes;
  }

  void skip(int length) throws IOException {
    stream.skipNBytes(length);
  }

  /// The next bytes, where they are.
  List<ByteBuffer> slices(int length) throws IOException {
    List<ByteBuffer> slices = new ArrayList<>(4);
    int left = length;
    while (left > 0) {
      ByteBuffer slice = slice(left);
      slices.add(slice);
      left -= slice.remaining();
    }
    return slices;
  }

  private ByteBuffer slice(int atMost) throws IOException {
    ByteBuffer piece = piece();
    if (piece == null || !piece.hasRemaining()) {
      return ByteBuffer.wrap(readBytes(atMost));
    }
    ByteBuffer slice = piece.slice(piece.position(), Math.min(atMost, piece.remaining()));
    skip(slice.remaining());
    return slice;
  }

  private @Nullable ByteBuffer piece() {
    try {
      return buffers == null ? null : buffers.getByteBuffer();
    } catch (UnsupportedOperationException _) {
      return null;
    }
  }

  /// Gives the buffers back to the transport.
  void close() {
    try {
      stream.close();
    } catch (IOException impossible) {
      throw new IllegalStateException("closing buffers in memory", impossible);
    }
  }
}
