package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.UploadToken;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.uploads.Reception.Received;
import java.io.IOException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Receives originals: intent, chunks on the ring, then video, asset and job in one transaction.
/// Thread-safe.
public final class Uploads {
  private final UploadStore store;
  private final Completion completion;
  private final ChunkStore chunks;
  private final ChunkBuffers buffers;
  private final Environment environment;

  /// @param instance names this process among all that share the catalog
  public record Environment(
      String instance, long maxBytes, RandomGenerator random, InstantSource clock) {}

  public Uploads(
      UploadStore store,
      Completion completion,
      ChunkStore chunks,
      ChunkBuffers buffers,
      Environment environment) {
    this.store = store;
    this.completion = completion;
    this.chunks = chunks;
    this.buffers = buffers;
    this.environment = environment;
  }

  public long maxBytes() {
    return environment.maxBytes();
  }

  /// Receives one original. When it returns, every byte is durable and the video is in the catalog;
  /// when it throws, what was written is queued for deletion.
  ///
  /// @param owner whose it is to be
  /// @param token by which its client follows it; null when it does not
  public Video receive(UploadBody body, Owner owner, @Nullable UploadToken token)
      throws IOException {
    AssetId asset = AssetId.random(environment.random());
    Intent intent = new Intent(store, asset, environment.instance(), environment.clock());
    Reception reception = new Reception(asset, environment.maxBytes(), intent, chunks, buffers);
    boolean kept = false;
    try {
      FormFields fields = body.readInto(reception);
      Received received = reception.finish();
      Video video =
          completion
              .complete(new Completion.Whole(asset, owner, received.inOrder()), fields, token)
              .orElseThrow(Intent::lost);
      kept = true;
      return video;
    } finally {
      reception.close();
      if (!kept) {
        intent.abandon(reception.chunksSent());
      }
    }
  }
}
