package dev.tritontube.proto.wire;

import io.grpc.Detachable;
import io.grpc.HasByteBuffer;
import io.grpc.KnownLength;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Behaves as grpc-java's stream over a composite of received buffers: a piece that is passed is
/// freed (here: overwritten) unless the stream was marked, and a piece may have no buffer.
final class PiecewiseStream extends InputStream implements Detachable, HasByteBuffer, KnownLength {
  private record Piece(ByteBuffer buffer, boolean supported) {}

  private final List<Piece> all;
  private final Deque<Piece> left;
  private boolean marked;
  private boolean closed;
  private @Nullable PiecewiseStream detached;

  private PiecewiseStream(List<Piece> pieces) {
    this.all = pieces;
    this.left = new ArrayDeque<>(pieces);
  }

  static PiecewiseStream of(byte[] bytes, int pieceBytes, IntPredicate supported) {
    List<Piece> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += pieceBytes) {
      int length = Math.min(pieceBytes, bytes.length - at);
      ByteBuffer buffer = ByteBuffer.allocateDirect(length).put(bytes, at, length).flip();
      pieces.add(new Piece(buffer, supported.test(pieces.size())));
    }
    return new PiecewiseStream(pieces);
  }

  /// True when the stream, or what was detached from it, was closed.
  boolean released() {
    return detached == null ? closed : detached.released();
  }

  @Override
  public InputStream detach() {
    detached = new PiecewiseStream(all);
    return detached;
  }

  @Override
  public int available() {
    return left.stream().mapToInt(piece -> piece.buffer().remaining()).sum();
  }

  @Override
  public int read() {
    Piece piece = left.peek();
    if (piece == null) {
      return -1;
    }
    int value = piece.buffer().get() & 0xFF;
    dropEmpty();
    return value;
  }

  @Override
  public long skip(long count) {
    long skipped = 0;
    while (skipped < count && !left.isEmpty()) {
      ByteBuffer buffer = left.peek().buffer();
      int step = (int) Math.min(count - skipped, buffer.remaining());
      buffer.position(buffer.position() + step);
      skipped += step;
      dropEmpty();
    }
    return skipped;
  }

  private void dropEmpty() {
    while (!left.isEmpty() && !left.peek().buffer().hasRemaining()) {
      Piece passed = left.remove();
      if (!marked) {
        overwrite(passed);
      }
    }
  }

  private static void overwrite(Piece piece) {
    for (int i = 0; i < piece.buffer().capacity(); i++) {
      piece.buffer().put(i, (byte) 0x55);
    }
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public void mark(int limit) {
    marked = true;
  }

  @Override
  public boolean byteBufferSupported() {
    return all.stream().allMatch(Piece::supported);
  }

  @Override
  public @Nullable ByteBuffer getByteBuffer() {
    Piece piece = left.peek();
    if (piece == null) {
      return null;
    }
    if (!piece.supported()) {
      throw new UnsupportedOperationException();
    }
    return piece.buffer().duplicate();
  }

  @Override
  public void close() {
    closed = true;
    all.forEach(PiecewiseStream::overwrite);
  }
}
