package dev.tritontube.web.resumable;

import dev.tritontube.web.catalog.Piece;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.packaging.Container;
import dev.tritontube.web.resumable.ResumableUploadStore.Received;
import dev.tritontube.web.uploads.ChunkBuffers;
import dev.tritontube.web.uploads.ChunkStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request that adds bytes to an upload. They are acknowledged piece by piece, each once it is
/// on the ring; bytes with a checksum all at once, when that holds. What came before a connection
/// broke is kept. For one thread.
final class Append {
  private static final int READ_BYTES = 128 << 10;

  private final Ground ground;
  private final ResumableUpload upload;
  private final String writer;
  private final @Nullable Checksum checksum;
  private final Numbers numbers;
  private final SavedDigest digest;
  private final List<Piece> unacknowledged = new ArrayList<>();
  private byte[] head;
  private Optional<Container> container;
  private long received;
  private @Nullable ByteBuffer filling;

  /// What appending needs.
  ///
  /// @param expiry of an upload that something came for just now
  record Ground(
      ResumableUploadStore store,
      UploadStore uploads,
      ChunkStore chunks,
      ChunkBuffers buffers,
      Supplier<Instant> expiry) {}

  Append(Ground ground, ResumableUpload upload, String writer, @Nullable Checksum checksum) {
    this.ground = ground;
    this.upload = upload;
    this.writer = writer;
    this.checksum = checksum;
    this.numbers = new Numbers(ground.uploads(), upload.asset(), ground.expiry());
    this.digest = upload.digest();
    this.head = upload.head();
    this.container = upload.container();
    this.received = upload.received();
  }

  /// Takes a body to its end.
  ///
  /// @param most how many bytes may come
  /// @throws ProblemException 409 `taken_over`, 410, 413, 415, 460, 503
  void take(InputStream body, long most) throws IOException {
    try {
      read(body, most);
    } finally {
      if (filling != null) {
        ground.buffers().giveBack(filling);
      }
    }
  }

  private void read(InputStream body, long most) throws IOException {
    byte[] data = new byte[READ_BYTES];
    long end = received + most;
    for (int count = next(body, data); count >= 0; count = next(body, data)) {
      if (received + buffered() + count > end) {
        throw new ProblemException(new Problem.TooLarge("More came than the upload's length"));
      }
      add(data, count, most);
    }
    flush(1);
    if (checksum != null && !checksum.holds()) {
      throw new ProblemException(
          new Problem.ChecksumMismatch("The bytes are not those of the checksum: none was taken"));
    }
    acknowledge();
  }

  /// Whatever ends the body, what came before is kept.
  private int next(InputStream body, byte[] data) throws IOException {
    try {
      return body.read(data);
    } catch (IOException | RuntimeException e) {
      keep();
      throw e;
    }
  }

  /// What came of a body that broke off. Of one with a checksum nothing can be believed.
  private void keep() throws IOException {
    if (checksum == null) {
      flush(1);
      acknowledge();
    }
  }

  private void add(byte[] data, int count, long most) throws IOException {
    if (checksum != null) {
      checksum.update(data, count);
    }
    int from = 0;
    while (from < count) {
      ByteBuffer buffer = filling == null ? ground.buffers().take() : filling;
      filling = buffer;
      int some = Math.min(count - from, buffer.remaining());
      buffer.put(data, from, some);
      from += some;
      if (!buffer.hasRemaining()) {
        flush(most);
        if (checksum == null) {
          acknowledge();
        }
      }
    }
  }

  private long buffered() {
    return filling == null ? 0 : filling.position();
  }

  /// Stores what is in the buffer, and keeps the buffer.
  private void flush(long coming) throws IOException {
    ByteBuffer buffer = filling;
    if (buffer == null || buffer.position() == 0) {
      return;
    }
    buffer.flip();
    judge(buffer);
    Piece piece = new Piece(numbers.next(coming), received, buffer.remaining());
    ground.chunks().put(upload.asset(), piece.number(), buffer.duplicate());
    digest.update(buffer);
    received = piece.end();
    unacknowledged.add(piece);
    buffer.clear();
  }

  /// Looks at the first bytes, once there are enough of them.
  private void judge(ByteBuffer buffer) {
    if (container.isPresent() || upload.kind() == ResumableUpload.Kind.PART) {
      return;
    }
    byte[] some =
        Arrays.copyOf(head, Math.min(Container.HEAD_BYTES, head.length + buffer.remaining()));
    buffer.get(buffer.position(), some, head.length, some.length - head.length);
    boolean last = upload.length().orElse(-1) == received + buffer.remaining();
    if (some.length == Container.HEAD_BYTES || last) {
      container = Optional.of(Container.sniff(some).orElseThrow(Append::unknown));
      head = new byte[0];
    } else {
      head = some;
    }
  }

  static ProblemException unknown() {
    return new ProblemException(
        new Problem.UnsupportedMedia(
            "The first bytes are of no kind of video or audio file that is accepted"));
  }

  private void acknowledge() {
    if (unacknowledged.isEmpty()) {
      return;
    }
    Received more = new Received(List.copyOf(unacknowledged), digest.state(), head, container);
    if (!ground.store().acknowledge(upload, writer, more, ground.expiry().get())) {
      throw Ended.takenOver();
    }
    unacknowledged.clear();
  }
}
