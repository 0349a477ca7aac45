package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Sha256;
import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.originals.Chunks;
import dev.tritontube.web.packaging.Container;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One original while it is received: judged by its first bytes, cut into chunks, handed to the
/// pipeline. Nothing is written before the first bytes were accepted. For one thread.
final class Reception implements AutoCloseable {
  private final AssetId asset;
  private final long maxBytes;
  private final boolean claiming;
  private final Intent intent;
  private final ChunkBuffers buffers;
  private final ChunkPipeline pipeline;
  private @Nullable ByteBuffer filling;
  private @Nullable Container container;
  private long sizeBytes;
  private long sentBytes;
  private long chunks;

  Reception(Limit limit, AssetId asset, Intent intent, ChunkStore store, ChunkBuffers buffers) {
    this.asset = asset;
    this.maxBytes = limit.maxBytes();
    this.claiming = limit.claiming();
    this.intent = intent;
    this.buffers = buffers;
    this.pipeline = new ChunkPipeline(store, buffers);
  }

  /// @param claiming whether room is claimed for what comes beyond the claim
  record Limit(long maxBytes, boolean claiming) {}

  /// The original, complete on the ring.
  record Received(Sha256 sha256, long sizeBytes, long chunks, Container container) {
    Completion.Bytes inOrder() {
      return new Completion.Bytes(sha256, sizeBytes, container, chunks, true);
    }
  }

  /// Takes all that is in the buffer.
  ///
  /// @throws ProblemException 413, 415, 503
  void accept(ByteBuffer data) throws IOException {
    sizeBytes += data.remaining();
    if (sizeBytes > maxBytes) {
      throw tooLarge(maxBytes);
    }
    while (data.hasRemaining()) {
      pipeline.check();
      ByteBuffer chunk = filling == null ? buffers.take() : filling;
      filling = chunk;
      int count = Math.min(data.remaining(), chunk.remaining());
      chunk.put(data.slice(data.position(), count));
      data.position(data.position() + count);
      if (container == null && chunk.position() >= Container.HEAD_BYTES) {
        container = sniff(chunk);
      }
      if (!chunk.hasRemaining()) {
        send(chunk);
      }
    }
  }

  /// Ends the original.
  ///
  /// @throws ProblemException 400 `empty_body`, 415
  Received finish() throws IOException {
    if (sizeBytes == 0) {
      throw new ProblemException(new Problem.BadRequest("empty_body", "The file is empty"));
    }
    ByteBuffer last = filling;
    if (container == null && last != null) {
      container = sniff(last);
    }
    if (last != null) {
      send(last);
    }
    Sha256 sha256 = pipeline.finish();
    return new Received(sha256, sizeBytes, chunks, Optional.ofNullable(container).orElseThrow());
  }

  private void send(ByteBuffer chunk) throws IOException {
    if (claiming) {
      intent.hold(sentBytes + chunk.position());
    }
    sentBytes += chunk.position();
    intent.cover(chunks + 1);
    filling = null;
    pipeline.add(asset, chunks++, chunk);
  }

  private static Container sniff(ByteBuffer chunk) {
    byte[] head = new byte[Math.min(chunk.position(), Container.HEAD_BYTES)];
    chunk.get(0, head);
    return Container.sniff(head)
        .orElseThrow(
            () ->
                new ProblemException(
                    new Problem.UnsupportedMedia(
                        "The first bytes are of no kind of video or audio file that is accepted")));
  }

  static ProblemException tooLarge(long maxBytes) {
    return new ProblemException(
        new Problem.TooLarge("A file has at most " + maxBytes + " bytes here"));
  }

  /// Waits until nothing is in flight any more. Whatever was stored stays.
  @Override
  public void close() {
    pipeline.close();
    if (filling != null) {
      buffers.giveBack(filling);
      filling = null;
    }
  }

  /// How many chunks may have been written.
  long chunksSent() {
    return chunks;
  }

  static long chunkCount(long bytes) {
    return Math.ceilDiv(bytes, Chunks.BYTES);
  }
}
