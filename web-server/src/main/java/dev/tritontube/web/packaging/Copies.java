package dev.tritontube.web.packaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tritontube.manifests.mp4.MovieTrack;
import dev.tritontube.manifests.mp4.Remux;
import dev.tritontube.manifests.mp4.RemuxResult;
import dev.tritontube.manifests.mp4.Remuxer;
import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.PackagingStore.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Segments that are cut from originals: those of the source's own pictures. Where they are in the
/// file is read from its tables, which are kept for what plays now. Thread-safe.
final class Copies {
  private static final long MAX_TABLE_BYTES = 64L << 20;
  private static final int SAMPLE_BYTES = 24;

  /// Segments that are put together at once: 16 MiB each, with what lies between their parts.
  private static final int AT_ONCE = 4;

  private static final Pattern KEY =
      Pattern.compile("c/([a-z2-7]+)/([a-z2-7]+)/(init|[0-9]{1,18})");

  private final PackagingStore assets;
  private final Originals originals;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Cache<Revision, Tables> tables =
      Caffeine.newBuilder().maximumWeight(MAX_TABLE_BYTES).weigher(Copies::weight).build();

  Copies(PackagingStore assets, Originals originals) {
    this.assets = assets;
    this.originals = originals;
  }

  private record Revision(AssetId asset, String revision) {}

  private record Tables(Remux remux, OriginalBytes file) {}

  private static int weight(Revision revision, Tables tables) {
    Remux remux = tables.remux();
    long frames = remux.timeline().ticks() / remux.frameTicks();
    return (int) Math.min(MAX_TABLE_BYTES, frames * SAMPLE_BYTES);
  }

  /// Where a segment of the source's own pictures is; empty when there is none of this name.
  Optional<StoredSegment> find(SegmentName name) throws IOException {
    Optional<Tables> found = tables(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Remux remux = found.get().remux();
    if (name.number() == SegmentSink.INIT) {
      return Optional.of(StoredSegment.of(key(name), remux.init().length));
    }
    return remux.timeline().contains(name.number())
        ? Optional.of(StoredSegment.of(key(name), remux.length(name.number())))
        : Optional.empty();
  }

  /// The bytes under a key that `find` gave; empty when it is none of those, or the asset is gone.
  Optional<ByteBuffer> read(BlobKey key) throws IOException {
    Optional<SegmentName> name = name(key);
    Optional<Tables> found = name.isEmpty() ? Optional.empty() : tables(name.get());
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(ByteBuffer.wrap(bytes(found.get(), name.get().number())));
  }

  private byte[] bytes(Tables from, long number) throws IOException {
    if (number == SegmentSink.INIT) {
      return from.remux().init();
    }
    places.acquireUninterruptibly();
    try {
      return from.remux().segment(number, from.file());
    } finally {
      places.release();
    }
  }

  /// Such keys are never stored.
  private static BlobKey key(SegmentName name) {
    String number = name.number() == SegmentSink.INIT ? "init" : Long.toString(name.number());
    return new BlobKey("c/" + name.asset() + "/" + name.revision() + "/" + number);
  }

  static Optional<SegmentName> name(BlobKey key) {
    Matcher parts = KEY.matcher(key.value());
    if (!parts.matches()) {
      return Optional.empty();
    }
    String number = parts.group(3);
    return Optional.of(
        new SegmentName(
            new AssetId(parts.group(1)),
            parts.group(2),
            EncodingPlan.Copy.ID,
            number.equals("init") ? SegmentSink.INIT : Long.parseLong(number)));
  }

  private Optional<Tables> tables(SegmentName name) throws IOException {
    try {
      return Optional.ofNullable(
          tables.get(new Revision(name.asset(), name.revision()), this::load));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Null, which is not kept, when there is no copy of this name.
  private @Nullable Tables load(Revision wanted) {
    Optional<EncodingPlan.Video> video =
        assets
            .find(wanted.asset())
            .filter(work -> wanted.revision().equals(work.revision()))
            .map(Work::plan)
            .map(EncodingPlan::video);
    Optional<Original> original = originals.find(wanted.asset());
    EncodingPlan.Copy copy = video.map(EncodingPlan.Video::copy).orElse(null);
    if (copy == null || original.isEmpty()) {
      return null;
    }
    try {
      return new Tables(
          remux(original.get(), video.get(), copy), new OriginalBytes(original.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Remux remux(Original original, EncodingPlan.Video video, EncodingPlan.Copy copy)
      throws IOException {
    MovieTrack track =
        TableTimes.movie(original).stream()
            .flatMap(movie -> movie.tracks().stream())
            .filter(candidate -> candidate.header().id() == copy.track())
            .findFirst()
            .orElseThrow(() -> new IOException("the original has no track " + copy.track()));
    RemuxResult result =
        Remuxer.remux(track, new OriginalBytes(original), video.timescale(), video.frameTicks());
    if (result instanceof RemuxResult.Possible(Remux remux)
        && remux.timeline().equals(copy.timeline())) {
      return remux;
    }
    throw new IOException("the original is not what its plan was made for: " + result);
  }
}
