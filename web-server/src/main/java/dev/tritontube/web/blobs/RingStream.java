package dev.tritontube.web.blobs;

import dev.tritontube.proto.storage.v1.BlobInfo;
import dev.tritontube.proto.storage.v1.GetRequest;
import dev.tritontube.proto.wire.FailureCode;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.LayoutNode;
import dev.tritontube.web.blobs.BlobException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A range of a blob, from one replica after the other. When one breaks off, stalls or turns out
/// corrupt, the next goes on at the same offset. A blob that is read whole is checked against its
/// checksum before the last bytes are given out.
final class RingStream implements BlobStream {
  private final BlobKey key;
  private final ReplicaSearch search;
  private final NodeClient client;
  private final RingMetrics metrics;
  private final ChunkBuffers buffers;
  private final CRC32C crc = new CRC32C();
  private final boolean fromTheStart;

  private long position;
  private long end;
  private BlobInfo info = BlobInfo.getDefaultInstance();
  private @Nullable ByteBuffer buffer;
  private @Nullable ReplicaStream replica;

  /// @param offset where to begin
  /// @param length bytes, or -1 for all that follow
  RingStream(BlobKey key, long offset, long length, ReplicaSearch search, RingReads reads) {
    this.key = key;
    this.search = search;
    this.client = reads.attempts().client();
    this.metrics = reads.attempts().metrics();
    this.buffers = reads.buffers();
    this.fromTheStart = offset == 0;
    this.position = offset;
    this.end = length < 0 ? Long.MAX_VALUE : Math.addExact(offset, length);
  }

  /// Finds the first replica.
  void open() throws BlobException, InterruptedException {
    ByteBuffer taken = buffers.take();
    if (taken == null) {
      throw new BlobException(Reason.UNAVAILABLE, "too many blobs are being read at once");
    }
    buffer = taken;
    ReplicaStream first = search.find(new OpenAt(position));
    replica = first;
    info = first.info();
    end = Math.min(end, info.getLength());
  }

  @Override
  public long blobLength() {
    return info.getLength();
  }

  @Override
  public @Nullable ByteBuffer next() throws BlobException {
    ByteBuffer target = buffer;
    if (target == null || position >= end) {
      return null;
    }
    target.clear().limit((int) Math.min(target.capacity(), end - position));
    try {
      gather(target);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BlobException(
          Reason.UNAVAILABLE, "reading " + key + " was interrupted", interrupted);
    }
    target.flip();
    position += target.remaining();
    verify(target);
    return target.asReadOnlyBuffer();
  }

  private void gather(ByteBuffer target) throws BlobException, InterruptedException {
    while (target.hasRemaining()) {
      ReplicaStream from = replica;
      if (from == null) {
        from = reopen(position + target.position());
      }
      int before = target.position();
      try {
        if (!from.read(target)) {
          throw NodeException.of(from.node(), "get ended early", FailureCode.CORRUPT);
        }
        if (target.position() > before) {
          search.progressed();
        }
      } catch (NodeException failure) {
        leave(from, failure);
      }
    }
  }

  private void leave(ReplicaStream from, NodeException failure) throws BlobException {
    replica = null;
    from.close();
    metrics.failedOver();
    search.failed(from.node(), failure);
  }

  private ReplicaStream reopen(long offset) throws BlobException, InterruptedException {
    ReplicaStream next = search.find(new OpenAt(offset));
    if (!next.info().equals(info)) {
      next.close();
      throw new BlobException(
          Reason.CORRUPT, "replicas of " + key + " differ in length or checksum");
    }
    replica = next;
    return next;
  }

  private void verify(ByteBuffer given) throws BlobException {
    if (!fromTheStart) {
      return;
    }
    crc.update(given.duplicate());
    if (position == info.getLength() && (int) crc.getValue() != info.getCrc32C()) {
      throw new BlobException(Reason.CORRUPT, "the bytes of " + key + " do not have its checksum");
    }
  }

  @Override
  public void close() {
    ReplicaStream open = replica;
    replica = null;
    if (open != null) {
      open.close();
    }
    ByteBuffer taken = buffer;
    buffer = null;
    if (taken != null) {
      buffers.give(taken);
    }
  }

  /// Asks a node for the rest of the range.
  private final class OpenAt implements ReplicaRace.Ask<ReplicaStream> {
    private final long offset;
    private final long length;

    OpenAt(long offset) {
      this.offset = offset;
      this.length = end == Long.MAX_VALUE ? 0 : end - offset;
    }

    @Override
    public ReplicaStream ask(LayoutNode node, long epoch, Duration patience)
        throws NodeException, InterruptedException {
      GetRequest request =
          GetRequest.newBuilder()
              .setKey(key.value())
              .setEpoch(epoch)
              .setOffset(offset)
              .setLength(length)
              .build();
      return client.open(node, request, patience);
    }

    @Override
    public void discard(ReplicaStream answer) {
      answer.close();
    }
  }
}
