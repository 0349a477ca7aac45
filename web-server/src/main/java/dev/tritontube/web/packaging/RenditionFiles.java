package dev.tritontube.web.packaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tritontube.manifests.mp4.Fragment;
import dev.tritontube.manifests.mp4.MalformedMp4Exception;
import dev.tritontube.manifests.mp4.ProgressiveFile;
import dev.tritontube.manifests.mp4.TrackTables;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Period;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.manifests.presentation.Track;
import dev.tritontube.web.blobs.BlobStream;
import dev.tritontube.web.blobs.Blobs;
import dev.tritontube.web.catalog.AssetId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Renditions as files, put together of their segments. Of each segment its first bytes are read,
/// which say where its samples are; what is found out is kept for those who go on. Thread-safe.
final class RenditionFiles {
  private static final long MAX_KEPT_BYTES = 64L << 20;

  /// Files of which the segments are looked at at once; a day's takes some 150 MiB meanwhile.
  private static final int AT_ONCE = 2;

  /// Segments of a file that are looked at together, and at the same time.
  private static final int BATCH = 256;

  private static final int READERS = 16;

  /// A `moof` of two seconds has some 1,100 bytes.
  private static final int BEGIN_BYTES = 2048;

  private final SegmentStore segments;
  private final Copies copies;
  private final Blobs blobs;
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final Cache<Wanted, RenditionFile> files =
      Caffeine.newBuilder()
          .maximumWeight(MAX_KEPT_BYTES)
          .weigher((Wanted _, RenditionFile file) -> (int) Math.min(MAX_KEPT_BYTES, file.weight()))
          .build();

  /// @param blobs the ring, and segments that are cut from originals
  RenditionFiles(SegmentStore segments, Copies copies, Blobs blobs) {
    this.segments = segments;
    this.copies = copies;
    this.blobs = blobs;
  }

  /// @param representations pictures first
  private record Wanted(AssetId asset, String revision, List<Part> representations) {}

  /// A representation of the file.
  private record Part(String id, String language, long count) {}

  /// @param published with sounds as they are to be called
  /// @param language of the sound; empty: the main one
  /// @throws IOException when segments cannot be read
  RenditionAnswer find(
      AssetId asset, Published published, String representation, Optional<String> language)
      throws IOException {
    Optional<Wanted> wanted = wanted(asset, published, representation, language);
    if (wanted.isEmpty()) {
      return new RenditionAnswer.Unknown();
    }
    RenditionFile known = files.getIfPresent(wanted.get());
    if (known != null) {
      return new RenditionAnswer.Whole(known);
    }
    Optional<RenditionFile> made = isWhole(wanted.get()) ? kept(wanted.get()) : Optional.empty();
    return made.<RenditionAnswer>map(RenditionAnswer.Whole::new)
        .orElseGet(RenditionAnswer.NotWhole::new);
  }

  private static Optional<Wanted> wanted(
      AssetId asset, Published published, String representation, Optional<String> language) {
    Period period = published.presentation().periods().getFirst();
    Optional<Track> track = period.trackOf(representation);
    Optional<AudioTrack> sound = sound(period.audios(), language);
    if (track.isEmpty() || (language.isPresent() && sound.isEmpty())) {
      return Optional.empty();
    }
    List<Part> parts = new ArrayList<>();
    parts.add(part(track.get(), representation));
    if (!(track.get() instanceof AudioTrack) && sound.isPresent()) {
      parts.add(part(sound.get(), sound.get().representations().getFirst().id()));
    }
    return Optional.of(new Wanted(asset, published.revision(), parts));
  }

  private static Optional<AudioTrack> sound(List<AudioTrack> sounds, Optional<String> language) {
    return language.isPresent()
        ? sounds.stream().filter(sound -> sound.language().equals(language.get())).findFirst()
        : sounds.stream()
            .filter(sound -> sound.role() == Role.MAIN)
            .findFirst()
            .or(() -> sounds.stream().findFirst());
  }

  private static Part part(Track track, String representation) {
    String language = track instanceof AudioTrack sound ? sound.language() : "";
    return new Part(representation, language, track.timeline().count());
  }

  /// Whether all is there, as far as numbers tell.
  private boolean isWhole(Wanted wanted) {
    Map<String, Long> counts = segments.counts(wanted.asset(), wanted.revision());
    return wanted.representations().stream()
        .filter(part -> !EncodingPlan.isCopied(part.id()))
        .allMatch(part -> counts.getOrDefault(part.id(), 0L) == part.count());
  }

  /// The segments of each representation, the init segment first; empty unless all are there.
  private Optional<List<List<StoredSegment>>> stored(Wanted wanted) throws IOException {
    List<List<StoredSegment>> tracks = new ArrayList<>();
    for (Part part : wanted.representations()) {
      List<StoredSegment> track =
          EncodingPlan.isCopied(part.id()) ? cut(wanted, part) : encoded(wanted, part);
      if (track.size() != part.count() + 1) {
        return Optional.empty();
      }
      tracks.add(track);
    }
    return Optional.of(tracks);
  }

  private List<StoredSegment> cut(Wanted wanted, Part part) throws IOException {
    List<StoredSegment> cut = new ArrayList<>();
    for (long number = SegmentSink.INIT; number < part.count(); number++) {
      copies.find(name(wanted, part, number)).ifPresent(cut::add);
    }
    return cut;
  }

  private static SegmentName name(Wanted wanted, Part part, long number) {
    return new SegmentName(wanted.asset(), wanted.revision(), part.id(), number);
  }

  private List<StoredSegment> encoded(Wanted wanted, Part part) {
    return segments.segments(wanted.asset(), wanted.revision(), part.id()).stream()
        .map(
            segment ->
                StoredSegment.of(
                    new Attempt(wanted.asset(), wanted.revision(), segment.attempt()),
                    part.id(),
                    segment.number(),
                    segment.length()))
        .toList();
  }

  private Optional<RenditionFile> kept(Wanted wanted) throws IOException {
    try {
      return Optional.ofNullable(files.get(wanted, this::made));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Null, which is not kept, when something of it is lacking.
  private @Nullable RenditionFile made(Wanted wanted) {
    places.acquireUninterruptibly();
    try (ExecutorService readers =
        Executors.newFixedThreadPool(READERS, Thread.ofVirtual().factory())) {
      Optional<List<List<StoredSegment>>> found = stored(wanted);
      if (found.isEmpty()) {
        return null;
      }
      List<List<StoredSegment>> stored = found.get();
      List<TrackTables> tables = new ArrayList<>();
      for (int i = 0; i < stored.size(); i++) {
        tables.add(tables(wanted, wanted.representations().get(i), stored.get(i), readers));
      }
      return new RenditionFile(
          blobs,
          ProgressiveFile.of(tables),
          stored.stream().map(track -> track.subList(1, track.size())).toList(),
          tag(wanted),
          stored.getFirst().getFirst().mediaType());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      places.release();
    }
  }

  /// The language is written into the file.
  private static String tag(Wanted wanted) {
    List<String> parts = new ArrayList<>(List.of(wanted.revision()));
    for (Part part : wanted.representations()) {
      parts.add(part.id());
      parts.add(part.language());
    }
    parts.removeIf(String::isEmpty);
    return String.join("-", parts);
  }

  private TrackTables tables(
      Wanted wanted, Part part, List<StoredSegment> stored, ExecutorService readers)
      throws IOException {
    StoredSegment init = stored.getFirst();
    TrackTables tables = new TrackTables(read(init, (int) init.length()), part.language());
    for (long first = 0; first < part.count(); first += BATCH) {
      List<Callable<ByteBuffer>> batch =
          LongStream.range(first, Math.min(part.count(), first + BATCH))
              .<Callable<ByteBuffer>>mapToObj(
                  number -> () -> begin(wanted, part, number, stored.get((int) number + 1)))
              .toList();
      long number = first;
      for (ByteBuffer head : all(readers, batch)) {
        add(tables, head, stored.get((int) ++number));
      }
    }
    return tables;
  }

  private static void add(TrackTables tables, ByteBuffer head, StoredSegment segment)
      throws MalformedMp4Exception {
    Fragment fragment = Fragment.parseHead(head, segment.length(), tables.init());
    var last = fragment.samples().getLast();
    if (last.offset() + (long) last.size() != segment.length()) {
      throw new MalformedMp4Exception(segment.key() + " has more than one fragment");
    }
    tables.add(fragment);
  }

  /// What a segment begins with, up to the end of its `moof`. Of what is cut from an original that
  /// is known without reading it.
  private ByteBuffer begin(Wanted wanted, Part part, long number, StoredSegment segment)
      throws IOException {
    if (EncodingPlan.isCopied(part.id())) {
      return copies
          .head(name(wanted, part, number))
          .orElseThrow(() -> new IOException(segment.key() + " is gone"));
    }
    int length = (int) Math.min(BEGIN_BYTES, segment.length());
    ByteBuffer begin = read(segment, length);
    int wholeHead = Fragment.headBytes(begin);
    return wholeHead <= length ? begin : read(segment, wholeHead);
  }

  private ByteBuffer read(StoredSegment segment, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try (BlobStream stream = blobs.open(segment.key(), 0, length)) {
      for (ByteBuffer data = stream.next(); data != null; data = stream.next()) {
        bytes.put(data);
      }
    }
    return bytes.flip();
  }

  private static List<ByteBuffer> all(ExecutorService readers, List<Callable<ByteBuffer>> batch)
      throws IOException {
    try {
      List<ByteBuffer> heads = new ArrayList<>();
      for (Future<ByteBuffer> head : readers.invokeAll(batch)) {
        heads.add(head.get());
      }
      return heads;
    } catch (ExecutionException e) {
      throw new IOException("segments cannot be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    }
  }
}
