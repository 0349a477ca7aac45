package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.web.packaging.MediaException.Code;
import dev.tritontube.web.packaging.ToolRunner.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out what is in a file: its headers by ffprobe, and the times of its frames from its
/// packets.
final class Probe {
  static final long MAX_PIXELS = 8192L * 4352;

  private static final long SCANNED_BYTES = 512L << 20;
  private static final int MAX_SECONDS = 24 * 3600;
  private static final int JSON_LIMIT = 4 << 20;
  private static final Set<String> HDR_TRANSFERS = Set.of("smpte2084", "arib-std-b67");
  private static final Set<String> INTERLACED = Set.of("tt", "bb", "tb", "bt");

  private final Path ffprobe;
  private final ToolRunner runner;
  private final long scannedBytes;

  Probe(Path ffprobe, ToolRunner runner) {
    this(ffprobe, runner, SCANNED_BYTES);
  }

  /// @param scannedBytes up to which size the packets of a file are listed; listing reads all of it
  Probe(Path ffprobe, ToolRunner runner, long scannedBytes) {
    this.ffprobe = ffprobe;
    this.runner = runner;
    this.scannedBytes = scannedBytes;
  }

  /// @throws MediaException when the file cannot be used
  /// @throws IOException when it could not be read
  SourceMedia probe(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    JsonNode found = headers(source, cancellation);
    checkCodecs(found);
    Optional<JsonNode> video = videoStream(found);
    Map<String, JsonNode> audios = audioStreams(found);
    if (video.isEmpty() && audios.isEmpty()) {
      throw new MediaException(Code.NO_STREAMS, "the file has neither pictures nor sound");
    }
    Chosen chosen = new Chosen(video, audios);
    boolean scanned = source.original().sizeBytes() <= scannedBytes;
    SourceMedia media =
        scanned
            ? media(source.container(), found, chosen, packets(source, cancellation))
            : media(source, found, chosen, HeaderTimes.of(source, found));
    if (media.durationSeconds() > MAX_SECONDS) {
      throw new MediaException(Code.TOO_LONG, "the file is longer than 24 hours");
    }
    return media;
  }

  private record Chosen(Optional<JsonNode> video, Map<String, JsonNode> audios) {}

  private JsonNode headers(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    List<String> command = command(source);
    command.addAll(List.of("-of", "json", "-show_format", "-show_streams", source.url()));
    run(command, source, cancellation, stdout -> copy(stdout, json));
    return StoredJson.tree(json.toByteArray());
  }

  private PacketTimes packets(Source source, Cancellation cancellation)
      throws MediaException, IOException, InterruptedException {
    PacketTimes times = new PacketTimes();
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

  private static void checkCodecs(JsonNode found) throws MediaException {
    for (JsonNode stream : found.path("streams")) {
      String type = stream.path("codec_type").asText();
      boolean shown = type.equals("video") && !picture(stream);
      if (shown
          && (long) stream.path("width").asInt() * stream.path("height").asInt() > MAX_PIXELS) {
        throw new MediaException(
            Code.TOO_MANY_PIXELS, "pictures have more than " + MAX_PIXELS + " pixels");
      }
      if (shown && stream.path("codec_name").asText("unknown").equals("unknown")) {
        throw new MediaException(
            Code.UNSUPPORTED_CODEC,
            "the pictures are in a codec that is not known: "
                + stream.path("codec_tag_string").asText());
      }
      if (shown && stream.path("width").asInt() < 1) {
        throw new MediaException(Code.CORRUPT_MEDIA, "the pictures have no size");
      }
    }
  }

  private static boolean picture(JsonNode stream) {
    JsonNode disposition = stream.path("disposition");
    return disposition.path("attached_pic").asInt() == 1
        || disposition.path("still_image").asInt() == 1
        || disposition.path("timed_thumbnails").asInt() == 1;
  }

  private static Optional<JsonNode> videoStream(JsonNode found) {
    List<JsonNode> videos = new ArrayList<>();
    for (JsonNode stream : found.path("streams")) {
      if (stream.path("codec_type").asText().equals("video") && !picture(stream)) {
        videos.add(stream);
      }
    }
    return videos.stream()
        .filter(stream -> stream.path("disposition").path("default").asInt() == 1)
        .findFirst()
        .or(() -> videos.stream().findFirst());
  }

  /// The first of each language, the default one at the front.
  private static Map<String, JsonNode> audioStreams(JsonNode found) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode stream : found.path("streams")) {
      boolean usable =
          stream.path("codec_type").asText().equals("audio")
              && stream.path("channels").asInt() > 0
              && !stream.path("codec_name").asText("unknown").equals("unknown");
      if (usable) {
        boolean isDefault = stream.path("disposition").path("default").asInt() == 1;
        all.add(isDefault && all.stream().noneMatch(Probe::isDefault) ? 0 : all.size(), stream);
      }
    }
    Map<String, JsonNode> byLanguage = new LinkedHashMap<>();
    for (JsonNode stream : all) {
      byLanguage.putIfAbsent(
          Languages.tag(stream.path("tags").path("language").asText("und")), stream);
    }
    return byLanguage;
  }

  private static boolean isDefault(JsonNode stream) {
    return stream.path("disposition").path("default").asInt() == 1;
  }

  private static SourceMedia media(
      Container container, JsonNode found, Chosen chosen, PacketTimes packets)
      throws MediaException {
    SourceMedia.@Nullable Video video = null;
    if (chosen.video().isPresent()) {
      video = video(container, found, chosen.video().get(), packets);
    }
    List<SourceMedia.Audio> audios = new ArrayList<>();
    for (Map.Entry<String, JsonNode> audio : chosen.audios().entrySet()) {
      int index = audio.getValue().path("index").asInt();
      if (packets.count(index) > 0) {
        audios.add(audio(audio.getKey(), audio.getValue(), packets));
      }
    }
    if (video == null && audios.isEmpty()) {
      throw new MediaException(Code.CORRUPT_MEDIA, "the file has headers but nothing after them");
    }
    return new SourceMedia(container, duration(found, video, audios), video, audios, cover(found));
  }

  private static SourceMedia media(
      Source source, JsonNode found, Chosen chosen, HeaderTimes times) {
    SourceMedia.@Nullable Video video =
        chosen.video().map(stream -> video(found, stream, times.pictures(stream))).orElse(null);
    List<SourceMedia.Audio> audios = new ArrayList<>();
    chosen
        .audios()
        .forEach(
            (language, stream) -> {
              double start = stream.path("start_time").asDouble(0);
              audios.add(audio(language, stream, start, Math.max(start, times.end(stream))));
            });
    return new SourceMedia(
        source.container(), duration(found, video, audios), video, audios, cover(found));
  }

  private static double duration(
      JsonNode found, SourceMedia.@Nullable Video video, List<SourceMedia.Audio> audios) {
    double start = found.path("format").path("start_time").asDouble(0);
    double end = video == null ? 0 : video.timing().endSeconds();
    for (SourceMedia.Audio audio : audios) {
      end = Math.max(end, audio.endSeconds());
    }
    return Math.max(0, end - start);
  }

  private static SourceMedia.Video video(
      Container container, JsonNode found, JsonNode stream, PacketTimes packets)
      throws MediaException {
    int index = stream.path("index").asInt();
    long[] times = packets.times(index);
    if (times.length == 0) {
      throw new MediaException(
          Code.CORRUPT_MEDIA, "the file has a header for pictures, but no picture");
    }
    if (container == Container.AVI) {
      closeDelay(times);
    }
    Rational tick = Fractions.parse(stream.path("time_base").asText());
    List<Rational> declared =
        List.of(
            Fractions.parse(stream.path("r_frame_rate").asText()),
            Fractions.parse(stream.path("avg_frame_rate").asText()));
    FrameGrid.Grid grid = FrameGrid.of(times, tick, declared);
    double start = times[0] * tick.approximately();
    return video(
        found, stream, new SourceMedia.Timing(start, grid.rate(), grid.frames(), grid.constant()));
  }

  private static SourceMedia.Video video(
      JsonNode found, JsonNode stream, SourceMedia.Timing timing) {
    long bitRate = stream.path("bit_rate").asLong(found.path("format").path("bit_rate").asLong(0));
    ShownSize size = ShownSize.of(stream);
    return new SourceMedia.Video(
        stream.path("index").asInt(),
        stream.path("codec_name").asText(),
        size.width(),
        size.height(),
        bitRate,
        colour(stream),
        INTERLACED.contains(stream.path("field_order").asText()),
        timing);
  }

  /// AVI cannot say that frames are shown in another order: writers leave a hole after the first
  /// one instead.
  private static void closeDelay(long[] times) {
    if (times.length > 2 && times[1] - times[0] == 2 * (times[2] - times[1])) {
      times[0] = times[1] - (times[2] - times[1]);
    }
  }

  private static SourceMedia.Colour colour(JsonNode stream) {
    String matrix = stream.path("color_space").asText("unknown");
    boolean known = !matrix.equals("unknown") && !matrix.equals("reserved");
    return new SourceMedia.Colour(
        known ? matrix : null, HDR_TRANSFERS.contains(stream.path("color_transfer").asText()));
  }

  private static SourceMedia.Audio audio(String language, JsonNode stream, PacketTimes packets) {
    int index = stream.path("index").asInt();
    double tick = Fractions.parse(stream.path("time_base").asText()).approximately();
    double start = stream.path("start_time").asDouble(packets.first(index) * tick);
    return audio(language, stream, start, Math.max(start, packets.end(index) * tick));
  }

  private static SourceMedia.Audio audio(
      String language, JsonNode stream, double start, double end) {
    return new SourceMedia.Audio(
        stream.path("index").asInt(),
        stream.path("codec_name").asText(),
        language,
        stream.path("channels").asInt(),
        start,
        end);
  }

  private static @Nullable Integer cover(JsonNode found) {
    for (JsonNode stream : found.path("streams")) {
      if (stream.path("disposition").path("attached_pic").asInt() == 1) {
        return stream.path("index").asInt();
      }
    }
    return null;
  }
}
