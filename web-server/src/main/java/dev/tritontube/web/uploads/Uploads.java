package dev.tritontube.web.uploads;

import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.catalog.Claim;
import dev.tritontube.web.catalog.OverQuotaException;
import dev.tritontube.web.catalog.Owner;
import dev.tritontube.web.catalog.UploadStore;
import dev.tritontube.web.catalog.UploadToken;
import dev.tritontube.web.catalog.Video;
import dev.tritontube.web.http.ProblemException;
import dev.tritontube.web.uploads.Reception.Received;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
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
  /// @throws ProblemException `quota_exceeded` and others
  public Video receive(UploadBody body, Owner owner, @Nullable UploadToken token)
      throws IOException {
    Claim claim = Claim.video(body.leastBytes());
    return receive(
        body, owner, claim, (whole, fields) -> completion.complete(whole, fields, token));
  }

  /// What is made of an original that is whole on the ring.
  public interface Ending {
    /// @return empty when the upload was given up meanwhile
    Optional<Video> of(Completion.Whole whole, FormFields fields);
  }

  /// Puts an original together of parts, for which room is claimed already.
  public Video join(UploadBody body, Owner owner, Ending ending) throws IOException {
    return receive(body, owner, Claim.joined(), ending);
  }

  private Video receive(UploadBody body, Owner owner, Claim claim, Ending ending)
      throws IOException {
    try {
      return received(body, owner, claim, ending);
    } catch (OverQuotaException e) {
      throw OverQuota.problem(e);
    }
  }

  private Video received(UploadBody body, Owner owner, Claim claim, Ending ending)
      throws IOException {
    AssetId asset = AssetId.random(environment.random());
    Intent intent = new Intent(store, asset, environment.instance(), environment.clock());
    intent.begin(owner, claim);
    Reception.Limit limit = new Reception.Limit(environment.maxBytes(), claim.counted());
    Reception reception = new Reception(limit, asset, intent, chunks, buffers);
    boolean kept = false;
    try {
      FormFields fields = body.readInto(reception);
      Received received = reception.finish();
      Video video =
          ending
              .of(new Completion.Whole(asset, owner, received.inOrder()), fields)
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
