package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.mp4.Remux;
import dev.tritontube.web.packaging.MediaException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The streams of a file that are used, as ffprobe describes them.
///
/// @param format what is said of the whole file
/// @param audios by language, the default one first
/// @param cover index of a still picture that stands for the file; null when there is none
record Streams(
    JsonNode format,
    Optional<JsonNode> video,
    Map<String, JsonNode> audios,
    @Nullable Integer cover) {
  private static final Set<String> HDR_TRANSFERS = Set.of("smpte2084", "arib-std-b67");
  private static final int MOST_UNNAMED_CHANNELS = 8;

  /// In hertz: nothing records fewer. Of a few samples a second, ffmpeg makes gigabytes of sound
  /// before it gives out the first.
  private static final int LEAST_SAMPLE_RATE = 1000;

  private static final Set<String> INTERLACED = Set.of("tt", "bb", "tb", "bt");

  /// @param found what ffprobe says
  /// @throws MediaException when there is nothing to use, or what there is cannot be
  static Streams of(JsonNode found) throws MediaException {
    List<JsonNode> pictures = new ArrayList<>();
    for (JsonNode stream : found.path("streams")) {
      if (stream.path("codec_type").asText().equals("video") && !still(stream)) {
        checkPictures(stream);
        pictures.add(stream);
      }
    }
    Optional<JsonNode> video =
        pictures.stream()
            .filter(Streams::isDefault)
            .findFirst()
            .or(() -> pictures.stream().findFirst());
    Map<String, JsonNode> audios = audios(found);
    if (video.isEmpty() && audios.isEmpty()) {
      checkSounds(found);
      throw new MediaException(Code.NO_STREAMS, "the file has neither pictures nor sound");
    }
    return new Streams(found.path("format"), video, audios, cover(found));
  }

  /// @throws MediaException when there is nothing in the streams
  /// @throws IOException when the file could not be read
  SourceMedia media(Container container, StreamTimes times) throws MediaException, IOException {
    SourceMedia.@Nullable Video pictures = null;
    if (video.isPresent()) {
      pictures = pictures(video.get(), times);
    }
    List<SourceMedia.Audio> sounds = new ArrayList<>();
    audios.forEach(
        (language, stream) ->
            times
                .sound(stream)
                .ifPresent(span -> sounds.add(sound(language, stream, span, times))));
    if (pictures == null && sounds.isEmpty()) {
      throw new MediaException(Code.CORRUPT_MEDIA, "the file has headers but nothing after them");
    }
    return new SourceMedia(
        container,
        duration(pictures, sounds),
        times.cutOff() ? declaredSeconds() : null,
        pictures,
        sounds,
        cover,
        times.predicted());
  }

  private static void checkPictures(JsonNode stream) throws MediaException {
    if ((long) stream.path("width").asInt() * stream.path("height").asInt() > Probe.MAX_PIXELS) {
      throw new MediaException(
          Code.TOO_MANY_PIXELS, "pictures have more than " + Probe.MAX_PIXELS + " pixels");
    }
    if (stream.path("codec_name").asText("unknown").equals("unknown")) {
      throw new MediaException(
          Code.UNSUPPORTED_CODEC,
          "the pictures are in a codec that is not known: "
              + stream.path("codec_tag_string").asText());
    }
    if (stream.path("width").asInt() < 1) {
      throw new MediaException(Code.CORRUPT_MEDIA, "the pictures have no size");
    }
  }

  private static void checkSounds(JsonNode found) throws MediaException {
    for (JsonNode stream : found.path("streams")) {
      boolean sound = stream.path("codec_type").asText().equals("audio");
      if (sound && !mixable(stream)) {
        throw new MediaException(
            Code.UNSUPPORTED_CODEC,
            "the sound has "
                + stream.path("channels").asInt()
                + " channels, and does not say where they are");
      }
      if (sound && !audible(stream)) {
        throw new MediaException(
            Code.UNSUPPORTED_CODEC,
            "the sound has fewer than " + LEAST_SAMPLE_RATE + " samples a second");
      }
    }
  }

  /// What each of many channels is for has to be said: there is no usual order of them.
  private static boolean mixable(JsonNode stream) {
    return stream.path("channels").asInt() <= MOST_UNNAMED_CHANNELS || stream.has("channel_layout");
  }

  /// Where the rate is not known, decoding tells.
  private static boolean audible(JsonNode stream) {
    int rate = stream.path("sample_rate").asInt(0);
    return rate <= 0 || rate >= LEAST_SAMPLE_RATE;
  }

  private static boolean still(JsonNode stream) {
    JsonNode disposition = stream.path("disposition");
    return disposition.path("attached_pic").asInt() == 1
        || disposition.path("still_image").asInt() == 1
        || disposition.path("timed_thumbnails").asInt() == 1;
  }

  private static boolean isDefault(JsonNode stream) {
    return stream.path("disposition").path("default").asInt() == 1;
  }

  /// The first of each language, the default one at the front.
  private static Map<String, JsonNode> audios(JsonNode found) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode stream : found.path("streams")) {
      boolean usable =
          stream.path("codec_type").asText().equals("audio")
              && stream.path("channels").asInt() > 0
              && mixable(stream)
              && audible(stream)
              && !stream.path("codec_name").asText("unknown").equals("unknown");
      if (usable) {
        all.add(
            isDefault(stream) && all.stream().noneMatch(Streams::isDefault) ? 0 : all.size(),
            stream);
      }
    }
    Map<String, JsonNode> byLanguage = new LinkedHashMap<>();
    for (JsonNode stream : all) {
      byLanguage.putIfAbsent(
          Languages.tag(stream.path("tags").path("language").asText("und")), stream);
    }
    return byLanguage;
  }

  private static @Nullable Integer cover(JsonNode found) {
    for (JsonNode stream : found.path("streams")) {
      if (stream.path("disposition").path("attached_pic").asInt() == 1) {
        return stream.path("index").asInt();
      }
    }
    return null;
  }

  private double duration(SourceMedia.@Nullable Video pictures, List<SourceMedia.Audio> sounds) {
    double end = pictures == null ? 0 : pictures.timing().endSeconds();
    for (SourceMedia.Audio sound : sounds) {
      end = Math.max(end, sound.endSeconds());
    }
    return Math.max(0, end - format.path("start_time").asDouble(0));
  }

  private double declaredSeconds() {
    double end =
        Stream.concat(video.stream(), audios.values().stream())
            .mapToDouble(
                stream ->
                    stream.path("start_time").asDouble(0) + stream.path("duration").asDouble(0))
            .max()
            .orElse(0);
    return Math.max(0, end - format.path("start_time").asDouble(0));
  }

  private SourceMedia.Video pictures(JsonNode stream, StreamTimes times)
      throws MediaException, IOException {
    ShownSize size = ShownSize.of(stream);
    SourceMedia.Colour colour = colour(stream);
    SourceMedia.Timing timing = times.pictures(stream);
    boolean interlaced = INTERLACED.contains(stream.path("field_order").asText());
    Optional<Remux> remux =
        interlaced || colour.hdr()
            ? Optional.empty()
            : times
                .remux(stream, timing)
                .filter(found -> found.width() == size.width() && found.height() == size.height());
    return new SourceMedia.Video(
        stream.path("index").asInt(),
        stream.path("codec_name").asText(),
        size.width(),
        size.height(),
        stream.path("bit_rate").asLong(format.path("bit_rate").asLong(0)),
        colour,
        interlaced,
        timing,
        times.effort(stream).orElse(null),
        remux.orElse(null));
  }

  private static SourceMedia.Colour colour(JsonNode stream) {
    String matrix = stream.path("color_space").asText("unknown");
    boolean known = !matrix.equals("unknown") && !matrix.equals("reserved");
    return new SourceMedia.Colour(
        known ? matrix : null, HDR_TRANSFERS.contains(stream.path("color_transfer").asText()));
  }

  private static SourceMedia.Audio sound(
      String language, JsonNode stream, StreamTimes.Span span, StreamTimes times) {
    return new SourceMedia.Audio(
        stream.path("index").asInt(),
        stream.path("codec_name").asText(),
        language,
        Labels.of(stream),
        stream.path("channels").asInt(),
        span.startSeconds(),
        span.endSeconds(),
        times.frames(stream).orElse(null));
  }
}
