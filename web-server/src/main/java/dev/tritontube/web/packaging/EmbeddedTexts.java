package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.text.Cue;
import dev.tritontube.manifests.text.Cues;
import dev.tritontube.manifests.text.MalformedTextException;
import dev.tritontube.manifests.text.Manner;
import dev.tritontube.manifests.text.WebVtt;
import dev.tritontube.web.packaging.EmbeddedTracks.Skipped;
import dev.tritontube.web.packaging.EmbeddedTracks.Text;
import dev.tritontube.web.packaging.MediaException.Code;
import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Has ffmpeg write the texts of a file as WebVTT, all in one reading, and reads that like
/// anybody's file: what is wrong in it is left out. Chapters are in the headers. Thread-safe.
final class EmbeddedTexts {
  private static final Set<String> TEXT =
      Set.of("subrip", "srt", "ass", "ssa", "webvtt", "mov_text", "text");
  private static final Set<String> BITMAP =
      Set.of("dvd_subtitle", "hdmv_pgs_subtitle", "dvb_subtitle", "xsub");

  private static final int MOST_TEXTS = 32;
  private static final int MOST_CHAPTERS = 1000;

  /// Of one text as ffmpeg writes it, and of all.
  private static final int MOST_BYTES = 8 << 20;

  private static final int MOST_OF_ALL = 24 << 20;

  private final Ffprobe ffprobe;
  private final Path ffmpeg;
  private final ToolRunner runner;
  private final Path workFolder;

  /// @param workFolder in which only named pipes are made
  EmbeddedTexts(Ffprobe ffprobe, Path ffmpeg, ToolRunner runner, Path workFolder) {
    this.ffprobe = ffprobe;
    this.ffmpeg = ffmpeg;
    this.runner = runner;
    this.workFolder = workFolder;
  }

  /// @throws MediaException when the file cannot be used
  /// @throws IOException when it could not be read
  EmbeddedTracks read(Source source, EncodingPlan plan, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    JsonNode found = contents(source, cancellation);
    long zeroMillis = Math.round(plan.zeroSeconds() * 1000);
    List<Skipped> skipped = new ArrayList<>();
    List<JsonNode> readable = readable(found, source.container(), skipped);
    List<Text> texts = new ArrayList<>();
    if (!readable.isEmpty()) {
      List<Capture> written = written(source, readable, cancellation);
      for (int i = 0; i < readable.size(); i++) {
        text(readable.get(i), written.get(i), zeroMillis, skipped).ifPresent(texts::add);
      }
    }
    long lengthMillis = (long) (plan.length().approximately() * 1000);
    return new EmbeddedTracks(texts, chapters(found, zeroMillis, lengthMillis), skipped);
  }

  /// Plain files have no texts, which saves starting a program.
  private JsonNode contents(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    Optional<JsonNode> told =
        TableTimes.movie(source).flatMap(movie -> TableHeaders.of(source.container(), movie));
    return told.isPresent() ? told.get() : ffprobe.contents(source, cancellation);
  }

  private static List<JsonNode> readable(
      JsonNode found, Container container, List<Skipped> skipped) {
    List<JsonNode> readable = new ArrayList<>();
    for (JsonNode stream : found.path("streams")) {
      if (stream.path("codec_type").asText().equals("subtitle")) {
        String codec = stream.path("codec_name").asText("unknown");
        // Of WebVTT in MP4 (ISO/IEC 14496-30), ffmpeg does not open the boxes.
        boolean boxed = isWebVtt(stream) && container.hasSampleTables();
        if (!TEXT.contains(codec) || boxed) {
          skipped.add(skipped(stream, BITMAP.contains(codec) ? "bitmap" : "unsupported"));
        } else if (readable.size() == MOST_TEXTS) {
          skipped.add(skipped(stream, "too_many"));
        } else {
          readable.add(stream);
        }
      }
    }
    return readable;
  }

  private static boolean isWebVtt(JsonNode stream) {
    return stream.path("codec_name").asText().equals("webvtt");
  }

  private static Skipped skipped(JsonNode stream, String reason) {
    return new Skipped(
        stream.path("codec_name").asText("unknown"), language(stream), label(stream), reason);
  }

  private static String language(JsonNode stream) {
    return Languages.tag(stream.path("tags").path("language").asText(Languages.UNDETERMINED));
  }

  private static String label(JsonNode stream) {
    return Stream.of(Labels.of(stream), Languages.label(language(stream)), "Unknown language")
        .filter(label -> !label.isBlank())
        .findFirst()
        .orElseThrow();
  }

  /// What ffmpeg makes of each.
  private List<Capture> written(Source source, List<JsonNode> streams, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    AtomicInteger left = new AtomicInteger(MOST_OF_ALL);
    List<Capture> captures = streams.stream().map(_ -> new Capture(left)).toList();
    try (OutputPipes pipes = OutputPipes.create(workFolder, streams.size())) {
      pipes.read(List.copyOf(captures), cancellation);
      Exit exit =
          runner.run(
              command(source, streams, pipes.paths()),
              ToolLimits.reading(source.original().size()).writingTo(pipes),
              cancellation,
              stdout -> stdout.transferTo(OutputStream.nullOutputStream()));
      pipes.await();
      source.throwFailure();
      if (exit.overLimit()) {
        throw new MediaException(Code.LIMIT_EXCEEDED, "reading the file took too long");
      }
      if (exit.killed()) {
        throw new IOException("ffmpeg was ended by a signal: " + exit.complaint());
      }
    }
    return captures;
  }

  private List<String> command(Source source, List<JsonNode> streams, List<Path> outputs) {
    List<String> command =
        new ArrayList<>(List.of(ffmpeg.toString(), "-v", "error", "-nostdin", "-y", "-copyts"));
    command.addAll(source.inputOptions());
    command.addAll(List.of("-i", source.url()));
    for (int i = 0; i < streams.size(); i++) {
      command.addAll(List.of("-map", "0:" + streams.get(i).path("index").asInt()));
      command.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1"));
      // What is WebVTT already would lose its speakers and places.
      String coding = isWebVtt(streams.get(i)) ? "copy" : "webvtt";
      command.addAll(List.of("-c:s", coding, "-f", "webvtt", outputs.get(i).toString()));
    }
    return command;
  }

  /// Keeps so much of an output as there is room for, and lets the rest go by.
  private static final class Capture implements OutputPipes.Consumer {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final AtomicInteger left;
    private boolean whole = true;

    Capture(AtomicInteger left) {
      this.left = left;
    }

    @Override
    public boolean consume(InputStream output) throws IOException {
      byte[] some = new byte[16 << 10];
      for (int count = output.read(some); count >= 0; count = output.read(some)) {
        whole = whole && kept.size() + count <= MOST_BYTES && left.addAndGet(-count) >= 0;
        if (whole) {
          kept.write(some, 0, count);
        }
      }
      return true;
    }

    boolean whole() {
      return whole;
    }

    String text() {
      return kept.toString(UTF_8);
    }
  }

  private static Optional<Text> text(
      JsonNode stream, Capture written, long zeroMillis, List<Skipped> skipped) {
    if (!written.whole()) {
      skipped.add(skipped(stream, "too_large"));
      return Optional.empty();
    }
    Cues cues;
    try {
      cues = WebVtt.read(written.text(), Manner.LENIENT).from(zeroMillis);
    } catch (MalformedTextException _) {
      skipped.add(skipped(stream, "unreadable"));
      return Optional.empty();
    }
    if (cues.isEmpty()) {
      skipped.add(skipped(stream, "empty"));
      return Optional.empty();
    }
    JsonNode disposition = stream.path("disposition");
    boolean captions =
        disposition.path("hearing_impaired").asInt() == 1
            || disposition.path("captions").asInt() == 1;
    boolean forced = !captions && disposition.path("forced").asInt() == 1;
    return Optional.of(new Text(language(stream), label(stream), captions, forced, cues));
  }

  private record Chapter(long start, long end, String title) {}

  /// One ends where the next begins, at the latest.
  private static Cues chapters(JsonNode found, long zeroMillis, long lengthMillis) {
    List<Chapter> chapters = new ArrayList<>();
    for (JsonNode chapter : found.path("chapters")) {
      if (chapters.size() < MOST_CHAPTERS) {
        chapters.add(
            new Chapter(
                millis(chapter, "start_time") - zeroMillis,
                millis(chapter, "end_time") - zeroMillis,
                Labels.of(chapter)));
      }
    }
    chapters.sort(Comparator.comparingLong(Chapter::start));
    List<Cue> cues = new ArrayList<>();
    for (int i = 0; i < chapters.size(); i++) {
      Chapter chapter = chapters.get(i);
      long next = i + 1 < chapters.size() ? chapters.get(i + 1).start : lengthMillis;
      long start = Math.max(0, chapter.start);
      long end = chapter.end > start ? Math.min(chapter.end, next) : next;
      if (end > start && start < lengthMillis) {
        String title = chapter.title.isEmpty() ? "Chapter " + (i + 1) : chapter.title;
        cues.add(Cue.plain(start, Math.min(end, lengthMillis), title));
      }
    }
    return new Cues(cues);
  }

  private static long millis(JsonNode chapter, String time) {
    return Math.round(chapter.path(time).asDouble(0) * 1000);
  }
}
