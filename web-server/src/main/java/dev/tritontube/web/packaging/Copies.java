package dev.tritontube.web.packaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tritontube.manifests.mp4.AacTrack;
import dev.tritontube.manifests.mp4.Movie;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Segments that are cut from originals: those of the source's own pictures and sound. Where they
/// are in the file is read from its tables, which are kept for what plays now. Thread-safe.
final class Copies {
  private static final long MAX_TABLE_BYTES = 64L << 20;
  private static final int SAMPLE_BYTES = 24;

  /// Of an asset, whatever its length: what weighs nothing would never be thrown out.
  private static final int ASSET_BYTES = 4096;

  /// Segments that are put together at once: 16 MiB each, with what lies between their parts.
  private static final int AT_ONCE = 4;

  private static final Pattern KEY =
      Pattern.compile("c/([a-z2-7]+)/([a-z2-7]+)/([a-z0-9-]+)/(init|[0-9]{1,18})");

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

  /// @param tracks by representation
  private record Tables(Map<String, CopiedTrack> tracks, Original file) {}

  private static int weight(Revision revision, Tables tables) {
    long samples = tables.tracks().values().stream().mapToLong(CopiedTrack::samples).sum();
    return (int) Math.min(MAX_TABLE_BYTES, ASSET_BYTES + samples * SAMPLE_BYTES);
  }

  /// Remembers tables that have just been read, for whoever watches at once.
  void keep(Work planned, SourceMedia media, Original original) {
    EncodingPlan plan = planned.requirePlan();
    Map<String, CopiedTrack> tracks = new HashMap<>();
    if (plan.copied().isPresent() && media.video() != null && media.video().remux() != null) {
      tracks.put(EncodingPlan.Copy.ID, new CopiedTrack.Pictures(media.video().remux()));
    }
    for (int i = 0; i < plan.audios().size(); i++) {
      EncodingPlan.Audio audio = plan.audios().get(i);
      AacTrack frames = media.audios().get(i).frames();
      if (audio.copy() != null && frames != null) {
        tracks.put(audio.id(), new CopiedTrack.Sound(frames, audio.copy(), plan.audioTimeline()));
      }
    }
    if (tracks.isEmpty()) {
      return;
    }
    tables.put(
        new Revision(planned.asset(), planned.requireRevision()), new Tables(tracks, original));
  }

  /// Where a segment of the source's own pictures or sound is; empty when there is none of this
  /// name.
  Optional<StoredSegment> find(SegmentName name) throws IOException {
    Optional<CopiedTrack> found = tables(name).map(tables -> track(tables, name));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    CopiedTrack track = found.get();
    if (name.number() == SegmentSink.INIT) {
      return Optional.of(stored(name, track.init().length));
    }
    return track.timeline().contains(name.number())
        ? Optional.of(stored(name, track.length(name.number())))
        : Optional.empty();
  }

  private static StoredSegment stored(SegmentName name, long length) {
    return StoredSegment.of(key(name), name.representation(), length);
  }

  private static @Nullable CopiedTrack track(Tables tables, SegmentName name) {
    return tables.tracks().get(name.representation());
  }

  /// The bytes under a key that `find` gave; empty when it is none of those, or the asset is gone.
  Optional<ByteBuffer> read(BlobKey key) throws IOException {
    Optional<SegmentName> name = name(key);
    Optional<Tables> found = name.isEmpty() ? Optional.empty() : tables(name.get());
    CopiedTrack track = found.isEmpty() ? null : track(found.get(), name.get());
    return track == null
        ? Optional.empty()
        : Optional.of(ByteBuffer.wrap(bytes(track, name.get().number(), found.get().file())));
  }

  /// What a segment begins with: its `moof`, and nothing of the original.
  Optional<ByteBuffer> head(SegmentName name) throws IOException {
    return tables(name)
        .map(tables -> track(tables, name))
        .map(track -> ByteBuffer.wrap(track.head(name.number())));
  }

  private byte[] bytes(CopiedTrack track, long number, Original file) throws IOException {
    if (number == SegmentSink.INIT) {
      return track.init();
    }
    places.acquireUninterruptibly();
    try {
      return track.segment(number, file);
    } finally {
      places.release();
    }
  }

  /// Such keys are never stored.
  private static BlobKey key(SegmentName name) {
    String number = name.number() == SegmentSink.INIT ? "init" : Long.toString(name.number());
    return new BlobKey(
        String.join(
            "/", "c", name.asset().value(), name.revision(), name.representation(), number));
  }

  private static Optional<SegmentName> name(BlobKey key) {
    Matcher parts = KEY.matcher(key.value());
    if (!parts.matches()) {
      return Optional.empty();
    }
    String number = parts.group(4);
    return Optional.of(
        new SegmentName(
            new AssetId(parts.group(1)),
            parts.group(2),
            parts.group(3),
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

  /// Null, which is not kept, when there is no such revision.
  private @Nullable Tables load(Revision wanted) {
    Optional<EncodingPlan> plan = assets.plan(wanted.asset(), wanted.revision());
    Optional<Original> original = originals.find(wanted.asset());
    if (plan.isEmpty() || original.isEmpty()) {
      return null;
    }
    try {
      Original file = original.get();
      List<MovieTrack> tracks =
          TableTimes.movie(original.get()).map(Movie::tracks).orElse(List.of());
      return new Tables(copied(plan.get(), tracks, file), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, CopiedTrack> copied(
      EncodingPlan plan, List<MovieTrack> tracks, Original file) throws IOException {
    Map<String, CopiedTrack> copied = new HashMap<>();
    EncodingPlan.Video video = plan.video();
    EncodingPlan.Copy pictures = video == null ? null : video.copy();
    if (video != null && pictures != null) {
      MovieTrack track = track(tracks, pictures.track());
      RemuxResult result = Remuxer.remux(track, file, video.timescale(), video.frameTicks());
      if (!(result instanceof RemuxResult.Possible(Remux remux))
          || !remux.timeline().equals(pictures.timeline())) {
        throw new IOException("the original is not what its plan was made for: " + result);
      }
      copied.put(EncodingPlan.Copy.ID, new CopiedTrack.Pictures(remux));
    }
    for (EncodingPlan.Audio audio : plan.audios()) {
      EncodingPlan.SoundCopy sound = audio.copy();
      if (sound != null) {
        AacTrack frames =
            AacTrack.of(track(tracks, sound.track()))
                .orElseThrow(() -> new IOException("the original's sound is not as planned"));
        copied.put(audio.id(), new CopiedTrack.Sound(frames, sound, plan.audioTimeline()));
      }
    }
    return copied;
  }

  private static MovieTrack track(List<MovieTrack> tracks, long id) throws IOException {
    return tracks.stream()
        .filter(candidate -> candidate.header().id() == id)
        .findFirst()
        .orElseThrow(() -> new IOException("the original has no track " + id));
  }
}
