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
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Finds out what is in a file: its headers by ffprobe, and the times of its frames from its sample
/// tables, which are read meanwhile. Files without such tables tell the times by their packets, or,
/// where listing those would take too long, by their headers.
final class Probe {
  static final long MAX_PIXELS = 8192L * 4352;

  private static final long LISTED_BYTES = 256L << 20;
  private static final int MAX_SECONDS = 24 * 3600;
  private static final int JSON_LIMIT = 4 << 20;

  private final Path ffprobe;
  private final ToolRunner runner;
  private final long listedBytes;

  Probe(Path ffprobe, ToolRunner runner) {
    this(ffprobe, runner, LISTED_BYTES);
  }

  /// @param listedBytes up to which size the packets of a file are listed; listing reads all of it
  Probe(Path ffprobe, ToolRunner runner, long listedBytes) {
    this.ffprobe = ffprobe;
    this.runner = runner;
    this.listedBytes = listedBytes;
  }

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
    return source.original().sizeBytes() <= listedBytes
        ? packets(source, cancellation)
        : new HeaderTimes(streams.format());
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
    PacketTimes times = new PacketTimes(source.container());
    List<String> command = command(source);
    command.addAll(
        List.of(
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
