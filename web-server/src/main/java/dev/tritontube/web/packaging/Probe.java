package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.mp4.Movie;
import dev.tritontube.web.packaging.Ffprobe.Contents;
import dev.tritontube.web.packaging.MediaException.Code;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what is in a file: its headers by ffprobe unless its tables tell all of them, and the
/// times of its frames from its sample tables. Files without such tables tell the times by their
/// packets: by all of them, or by the first and the last ones where listing all would take too
/// long. Only where the last ones cannot be found in a large file, its headers have to be believed.
final class Probe {
  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

  static final long MAX_PIXELS = 8192L * 4352;

  private static final Sizes SIZES = new Sizes(16 << 20, 256 << 20);

  /// How much is listed at the beginning of a long file. The times at its end are so far from these
  /// that even little tells 30 frames from 29.97.
  private static final int HEAD_SECONDS = 4;

  private static final String HEAD = "%+" + HEAD_SECONDS;

  /// How much is listed at its end, more where that is not many bytes.
  private static final double LEAST_TAIL = 2;

  private static final double MOST_TAIL = 10;

  private static final int MAX_SECONDS = 24 * 3600;

  private final Ffprobe ffprobe;
  private final Sizes sizes;

  Probe(Ffprobe ffprobe) {
    this(ffprobe, SIZES);
  }

  Probe(Ffprobe ffprobe, Sizes sizes) {
    this.ffprobe = ffprobe;
    this.sizes = sizes;
  }

  /// Of files whose packets are listed, which reads what is listed.
  ///
  /// @param all up to which size all of them are
  /// @param unlessEnds up to which size all of them are where the last ones cannot be found
  record Sizes(long all, long unlessEnds) {}

  /// @throws MediaException when the file cannot be used
  /// @throws IOException when it could not be read
  SourceMedia probe(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    Optional<Movie> tables = TableTimes.movie(source);
    Optional<SourceMedia> plain = plain(source, tables);
    SourceMedia media = plain.isPresent() ? plain.get() : described(source, tables, cancellation);
    if (media.durationSeconds() > MAX_SECONDS) {
      throw new MediaException(Code.TOO_LONG, "the file is longer than 24 hours");
    }
    return media;
  }

  /// By the tables alone. Not where the rate varies: what ffprobe makes of that is its own.
  private static Optional<SourceMedia> plain(Source source, Optional<Movie> tables)
      throws MediaException, IOException {
    Optional<JsonNode> headers =
        tables.flatMap(movie -> TableHeaders.of(source.container(), movie));
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    Streams streams = Streams.of(headers.get());
    Optional<TableTimes> times = TableTimes.of(tables.orElseThrow(), source, streams);
    if (times.isEmpty()) {
      return Optional.empty();
    }
    SourceMedia media = streams.media(source.container(), times.get());
    return Optional.of(media)
        .filter(found -> found.video() == null || found.video().timing().constant());
  }

  private SourceMedia described(Source source, Optional<Movie> tables, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    Contents contents = contents(source, cancellation);
    Streams streams = Streams.of(contents.headers());
    Optional<TableTimes> byTables = tables.flatMap(movie -> TableTimes.of(movie, source, streams));
    StreamTimes times =
        byTables.isPresent()
            ? byTables.get()
            : byPackets(source, streams, contents.packets(), cancellation);
    return streams.media(source.container(), times);
  }

  /// With the packets that will be needed, unless there should be tables.
  private Contents contents(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    return source.container().hasSampleTables()
        ? ffprobe.headers(source, cancellation)
        : ffprobe.headersAndPackets(source, first(source), cancellation);
  }

  private String first(Source source) {
    return isSmall(source) ? Ffprobe.EVERYTHING : HEAD;
  }

  private boolean isSmall(Source source) {
    return source.original().size() <= sizes.all();
  }

  private StreamTimes byPackets(
      Source source, Streams streams, PacketTimes listed, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    PacketTimes first =
        source.container().hasSampleTables()
            ? ffprobe.packets(source, first(source), cancellation)
            : listed;
    if (isSmall(source)) {
      return first;
    }
    Optional<EndTimes> ends = ends(source, streams, first, cancellation);
    if (ends.isPresent() && ends.get().tell(streams)) {
      return ends.get();
    }
    return source.original().size() <= sizes.unlessEnds() || seconds(streams) == 0
        ? ffprobe.packets(source, Ffprobe.EVERYTHING, cancellation)
        : new HeaderTimes(
            streams.format(),
            ends.map(found -> found.latest(streams)).orElse(Double.POSITIVE_INFINITY));
  }

  /// Empty where the end cannot be read without the rest.
  private Optional<EndTimes> ends(
      Source source, Streams streams, PacketTimes head, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    double seconds = seconds(streams);
    double bytesPerSecond = source.original().size() / seconds;
    double listed = Math.clamp(sizes.all() / bytesPerSecond - HEAD_SECONDS, LEAST_TAIL, MOST_TAIL);
    if (seconds <= HEAD_SECONDS + listed
        || !source.container().hasReadableEnd(source.original().read(0, Container.HEAD_BYTES))) {
      return Optional.empty();
    }
    double end = streams.format().path("start_time").asDouble(0) + seconds;
    String tail = String.format(Locale.ROOT, "%.3f%%", end - listed);
    try {
      return Optional.of(new EndTimes(head, ffprobe.packets(source, tail, cancellation)));
    } catch (MediaException e) {
      LOG.debug("the last packets cannot be listed", e);
      return Optional.empty();
    }
  }

  /// How long the file says it is; 0 when it does not.
  private static double seconds(Streams streams) {
    return Math.max(0, streams.format().path("duration").asDouble(0));
  }
}
