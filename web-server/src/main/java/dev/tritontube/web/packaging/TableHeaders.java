package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tritontube.manifests.mp4.MalformedMp4Exception;
import dev.tritontube.manifests.mp4.Movie;
import dev.tritontube.manifests.mp4.MovieTrack;
import dev.tritontube.manifests.mp4.PlainTrack;
import dev.tritontube.manifests.mp4.SequenceParameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// What ffprobe says of a plain MP4 file, told by its tables: so most files that people upload are
/// looked at without starting a program.
final class TableHeaders {
  private static final int MOST_TRACKS = 8;

  /// As ffmpeg names them (ITU-T H.264, Table E-5).
  private static final Map<Integer, String> MATRICES =
      Map.of(1, "bt709", SequenceParameters.UNSPECIFIED, "unknown", 5, "bt470bg", 6, "smpte170m");

  /// Table E-4, up to where those of greater range begin.
  private static final int LAST_USUAL_TRANSFER = 13;

  private TableHeaders() {}

  /// The fields that [Streams] and [StreamTimes] ask for.
  ///
  /// @return empty where ffprobe might know more, or see it otherwise
  static Optional<JsonNode> of(Container container, Movie movie) {
    try {
      Optional<List<PlainTrack>> tracks =
          movie
              .plain()
              .filter(_ -> container == Container.MP4)
              .filter(plain -> !plain.isEmpty() && plain.size() <= MOST_TRACKS);
      return tracks.isPresent() ? described(tracks.get()) : Optional.empty();
    } catch (MalformedMp4Exception e) {
      return Optional.empty(); // ffmpeg reads more than the tables' reader does.
    }
  }

  private static Optional<JsonNode> described(List<PlainTrack> tracks)
      throws MalformedMp4Exception {
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    ArrayNode streams = found.putArray("streams");
    double begin = Double.POSITIVE_INFINITY;
    for (PlainTrack plain : tracks) {
      if (!known(plain)) {
        return Optional.empty();
      }
      ObjectNode stream = streams.addObject().put("index", streams.size() - 1);
      common(plain, stream);
      switch (plain) {
        case PlainTrack.Pictures pictures -> pictures(pictures, stream);
        case PlainTrack.Sound sound -> sound(sound, stream);
      }
      begin = Math.min(begin, stream.path("start_time").asDouble());
    }
    found.putObject("format").put("start_time", seconds(begin));
    return Optional.of(found);
  }

  /// Whether all of it is there, and in colours that are.
  private static boolean known(PlainTrack plain) throws MalformedMp4Exception {
    MovieTrack track = plain.track();
    if (track.duration() == 0 || track.samplesInFile() < track.samples()) {
      return false;
    }
    return switch (plain) {
      case PlainTrack.Pictures(_, _, SequenceParameters parameters) ->
          MATRICES.containsKey(parameters.matrix())
              && parameters.transfer() <= LAST_USUAL_TRANSFER
              && track.frameTimes().length > 1;
      case PlainTrack.Sound _ -> true;
    };
  }

  private static void common(PlainTrack plain, ObjectNode stream) throws MalformedMp4Exception {
    MovieTrack track = plain.track();
    long timescale = track.header().timescale();
    AtomicLong bytes = new AtomicLong();
    track.forEachSize((size, _) -> bytes.addAndGet(size));
    stream
        .put("id", "0x" + Long.toHexString(track.header().id()))
        .put("time_base", "1/" + timescale)
        .put("bit_rate", bytes.get() * Byte.SIZE * timescale / track.duration());
    stream.putObject("disposition").put("default", plain.words().enabled() ? 1 : 0);
    stream.putObject("tags").put("language", plain.words().language());
  }

  private static void pictures(PlainTrack.Pictures plain, ObjectNode stream)
      throws MalformedMp4Exception {
    SequenceParameters parameters = plain.parameters();
    MovieTrack track = plain.track();
    long[] times = track.frameTimes();
    long timescale = track.header().timescale();
    String rate = track.samples() * timescale + "/" + track.duration();
    stream
        .put("codec_type", "video")
        .put("codec_name", "h264")
        .put("width", parameters.width())
        .put("height", parameters.height())
        .put("field_order", "progressive")
        .put("color_space", MATRICES.get(parameters.matrix()))
        .put("avg_frame_rate", rate)
        .put("r_frame_rate", rate)
        .put("start_time", seconds((double) times[0] / timescale));
  }

  private static void sound(PlainTrack.Sound plain, ObjectNode stream)
      throws MalformedMp4Exception {
    MovieTrack track = plain.track();
    stream
        .put("codec_type", "audio")
        .put("codec_name", "aac")
        .put("channels", plain.channels())
        .put("start_time", seconds((double) track.start() / track.header().timescale()));
  }

  /// As ffprobe writes them.
  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.6f", seconds);
  }
}
