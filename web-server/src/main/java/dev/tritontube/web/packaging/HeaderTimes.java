package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.mp4.ByteSource;
import dev.tritontube.manifests.mp4.MalformedMp4Exception;
import dev.tritontube.manifests.mp4.Movie;
import dev.tritontube.manifests.mp4.MovieTrack;
import dev.tritontube.manifests.presentation.Rational;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When the streams of a file begin and end by its headers alone, for files too large to list their
/// packets: exact where an MP4 has tables of samples of equal length, else duration times rate.
final class HeaderTimes {
  private static final int MAX_MOOV_BYTES = 64 << 20;
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,4}):(\\d\\d):(\\d\\d(?:\\.\\d{1,9})?)");

  private final JsonNode format;
  private final List<MovieTrack> tracks;

  private HeaderTimes(JsonNode format, List<MovieTrack> tracks) {
    this.format = format;
    this.tracks = tracks;
  }

  /// @param found what ffprobe says
  static HeaderTimes of(Source source, JsonNode found) throws IOException {
    return new HeaderTimes(found.path("format"), tracks(source));
  }

  private static List<MovieTrack> tracks(Source source) throws IOException {
    if (!source.container().hasSampleTables()) {
      return List.of();
    }
    try {
      Movie movie = Movie.read(new Bytes(source.original()), MAX_MOOV_BYTES);
      return movie.fragmented() ? List.of() : movie.tracks();
    } catch (MalformedMp4Exception e) {
      return List.of(); // ffmpeg reads more than the tables' reader does; the headers have to do.
    }
  }

  SourceMedia.Timing pictures(JsonNode stream) {
    Optional<MovieTrack> track = track(stream);
    long[] times = track.map(HeaderTimes::frameTimes).orElse(new long[0]);
    if (track.isPresent() && times.length > 0) {
      Rational tick = new Rational(1, track.get().header().timescale());
      FrameGrid.Grid grid = FrameGrid.of(times, tick, rates(stream));
      return new SourceMedia.Timing(start(stream), grid.rate(), grid.frames(), grid.constant());
    }
    Rational slowed = FrameGrid.slowed(FrameGrid.declared(rates(stream)));
    long frames = Math.max(1, Math.round(seconds(stream) * slowed.approximately()));
    return new SourceMedia.Timing(start(stream), slowed, frames, false);
  }

  private static long[] frameTimes(MovieTrack track) {
    try {
      return track.frameTimes();
    } catch (MalformedMp4Exception e) {
      return new long[0];
    }
  }

  double end(JsonNode stream) {
    return start(stream) + seconds(stream);
  }

  private static double start(JsonNode stream) {
    return stream.path("start_time").asDouble(0);
  }

  private static List<Rational> rates(JsonNode stream) {
    return List.of(
        Fractions.parse(stream.path("avg_frame_rate").asText()),
        Fractions.parse(stream.path("r_frame_rate").asText()));
  }

  /// ffprobe writes a track's id in hexadecimal.
  private Optional<MovieTrack> track(JsonNode stream) {
    String id = stream.path("id").asText();
    return tracks.stream()
        .filter(track -> ("0x" + Long.toHexString(track.header().id())).equals(id))
        .findFirst();
  }

  /// The stream's own length, that in Matroska's tags, or what is left of the whole.
  private double seconds(JsonNode stream) {
    if (stream.has("duration")) {
      return stream.path("duration").asDouble(0);
    }
    Matcher clock = CLOCK.matcher(stream.path("tags").path("DURATION").asText());
    double end = format.path("start_time").asDouble(0) + format.path("duration").asDouble(0);
    if (clock.matches()) {
      end =
          Integer.parseInt(clock.group(1)) * 3600.0
              + Integer.parseInt(clock.group(2)) * 60.0
              + Double.parseDouble(clock.group(3));
    }
    return Math.max(0, end - start(stream));
  }

  /// An original as the reader of tables wants it.
  private record Bytes(Original original) implements ByteSource {
    @Override
    public long size() {
      return original.sizeBytes();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
      try (InputStream in = original.open(offset)) {
        byte[] bytes = in.readNBytes(target.remaining());
        if (bytes.length < target.remaining()) {
          throw new EOFException("the original ends before " + (offset + target.remaining()));
        }
        target.put(bytes);
      }
    }
  }
}
