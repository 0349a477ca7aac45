package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.mp4.Movie;
import dev.tritontube.web.packaging.MediaException.Code;
import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what is in a file: its headers by ffprobe, and the times of its frames from its sample
/// tables, which are read meanwhile. Files without such tables tell the times by their packets: by
/// all of them, or by the first and the last ones where listing all would take too long. Only where
/// the last ones cannot be found in a large file, its headers have to be believed.
final class Probe {
  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

  static final long MAX_PIXELS = 8192L * 4352;

  private static final Sizes SIZES = new Sizes(16 << 20, 256 << 20);

  /// How much of a long file is listed, where that is not more than all packets may be.
  private static final double LISTED_SECONDS = 25;

  /// However many bytes that is: enough to tell 30 frames from 29.97.
  private static final double LEAST_SECONDS = 10;

  private static final double HEAD_SHARE = 0.6;

  private static final int MAX_SECONDS = 24 * 3600;
  private static final int JSON_LIMIT = 4 << 20;

  private final Path ffprobe;
  private final ToolRunner runner;
  private final Sizes sizes;

  Probe(Path ffprobe, ToolRunner runner) {
    this(ffprobe, runner, SIZES);
  }

  Probe(Path ffprobe, ToolRunner runner, Sizes sizes) {
    this.ffprobe = ffprobe;
    this.runner = runner;
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
    FutureTask<Optional<Movie>> tables = new FutureTask<>(() -> TableTimes.movie(source));
    Thread.ofVirtual().name("sample-tables").start(tables);
    try {
      Streams streams = Streams.of(headers(source, cancellation));
      SourceMedia media =
          streams.media(source.container(), times(source, streams, joined(tables), cancellation));
      if (media.durationSeconds() > MAX_SECONDS) {
        throw new MediaException(Code.TOO_LONG, "the file is longer than 24 hours");
      }
      return media;
    } finally {
      tables.cancel(true);
    }
  }

  private StreamTimes times(
      Source source, Streams streams, Optional<Movie> movie, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    Optional<TableTimes> tables = movie.flatMap(found -> TableTimes.of(found, source, streams));
    if (tables.isPresent()) {
      return tables.get();
    }
    long size = source.original().sizeBytes();
    Optional<EndTimes> ends =
        size <= sizes.all() ? Optional.empty() : ends(source, streams, cancellation);
    if (ends.isPresent() && ends.get().tell(streams)) {
      return ends.get();
    }
    return size <= sizes.unlessEnds() || seconds(streams) == 0
        ? packets(source, cancellation)
        : new HeaderTimes(
            streams.format(),
            ends.map(found -> found.latest(streams)).orElse(Double.POSITIVE_INFINITY));
  }

  /// Empty where the end cannot be read without the rest.
  private Optional<EndTimes> ends(Source source, Streams streams, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    double seconds = seconds(streams);
    double bytesPerSecond = source.original().sizeBytes() / seconds;
    double listed = Math.clamp(sizes.all() / bytesPerSecond, LEAST_SECONDS, LISTED_SECONDS);
    if (seconds <= listed || !source.container().hasReadableEnd(head(source))) {
      return Optional.empty();
    }
    double end = streams.format().path("start_time").asDouble(0) + seconds;
    double begin = end - listed * (1 - HEAD_SHARE);
    return ends(source, listed * HEAD_SHARE, begin, cancellation);
  }

  /// @param length of what is listed at the beginning, in seconds
  /// @param last from where on the rest is listed, on the file's clock
  private Optional<EndTimes> ends(
      Source source, double length, double last, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    String toTheEnd = String.format(Locale.ROOT, "%.3f%%", last);
    FutureTask<PacketTimes> tail =
        new FutureTask<>(() -> packets(source, toTheEnd, new Cancellation()));
    Thread.ofVirtual().name("last-packets").start(tail);
    try {
      String first = String.format(Locale.ROOT, "%%+%.3f", length);
      return Optional.of(new EndTimes(packets(source, first, cancellation), tail.get()));
    } catch (ExecutionException e) {
      source.throwFailure();
      LOG.debug("the last packets cannot be listed", e.getCause());
      return Optional.empty();
    } finally {
      tail.cancel(true);
    }
  }

  private static byte[] head(Source source) throws IOException {
    try (InputStream in = source.original().open(0)) {
      return in.readNBytes(Container.HEAD_BYTES);
    }
  }

  /// How long the file says it is; 0 when it does not.
  private static double seconds(Streams streams) {
    return Math.max(0, streams.format().path("duration").asDouble(0));
  }

  private static Optional<Movie> joined(FutureTask<Optional<Movie>> tables)
      throws IOException, InterruptedException {
    try {
      return tables.get();
    } catch (ExecutionException e) {
      throw new IOException("the sample tables could not be read", e.getCause());
    }
  }

  JsonNode headers(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    List<String> command = command(source);
    command.addAll(List.of("-of", "json", "-show_format", "-show_streams", source.url()));
    run(command, source, cancellation, stdout -> copy(stdout, json));
    return StoredJson.tree(json.toByteArray());
  }

  PacketTimes packets(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    return packets(source, "%", cancellation);
  }

  /// @param interval from where to where, as ffprobe wants it
  private PacketTimes packets(Source source, String interval, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    PacketTimes times = new PacketTimes(source.container());
    List<String> command = command(source);
    command.addAll(
        List.of(
            "-read_intervals",
            interval,
            "-of",
            "csv=p=0",
            "-show_entries",
            "packet=stream_index,pts,dts,duration,flags",
            source.url()));
    run(command, source, cancellation, times::read);
    return times;
  }

  private List<String> command(Source source) {
    List<String> command = new ArrayList<>(List.of(ffprobe.toString(), "-v", "error"));
    command.addAll(source.probeOptions());
    return command;
  }

  private void run(
      List<String> command, Source source, Cancellation cancellation, ToolRunner.Reader reader)
      throws MediaException, IOException, InterruptedException {
    Exit exit = runner.run(command, ToolLimits.probing(), cancellation, reader);
    source.throwFailure();
    if (exit.timedOut()) {
      throw new MediaException(Code.LIMIT_EXCEEDED, "reading the file took too long");
    }
    if (exit.complaint().contains("max_streams")) {
      throw new MediaException(
          Code.LIMIT_EXCEEDED, "the file has more than " + Source.MAX_STREAMS + " streams");
    }
    if (!exit.ok()) {
      throw new MediaException(Code.CORRUPT_MEDIA, source.scrub(exit.complaint()));
    }
  }

  private static void copy(InputStream in, ByteArrayOutputStream out) throws IOException {
    out.writeBytes(in.readNBytes(JSON_LIMIT));
    if (in.read() >= 0) {
      throw new IOException("the description of the file is longer than " + JSON_LIMIT + " bytes");
    }
  }
}
