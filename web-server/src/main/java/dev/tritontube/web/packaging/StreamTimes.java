package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.mp4.AacTrack;
import dev.tritontube.manifests.mp4.Remux;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.web.packaging.MediaException.Code;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// When the streams of a file begin and end. Streams are given as ffprobe describes them.
interface StreamTimes {
  /// In seconds on the file's own clock.
  record Span(double startSeconds, double endSeconds) {
    public Span {
      endSeconds = Math.max(startSeconds, endSeconds);
    }
  }

  /// Whether they are what the file claims, and nothing that was looked up.
  default boolean predicted() {
    return false;
  }

  /// @throws MediaException when the stream has no picture
  SourceMedia.Timing pictures(JsonNode stream) throws MediaException;

  /// Empty when nothing of the stream is there.
  Optional<Span> sound(JsonNode stream);

  /// Whether the file lost its end: less is in it than it says.
  default boolean cutOff() {
    return false;
  }

  /// The pictures as they are, cut into segments; empty where they cannot be played so, or that is
  /// not known.
  ///
  /// @param timing what `pictures` said
  default Optional<Remux> remux(JsonNode stream, SourceMedia.Timing timing) throws IOException {
    return Optional.empty();
  }

  /// What the pictures took; empty where that is not known of all of them.
  default Optional<Effort> effort(JsonNode stream) throws IOException {
    return Optional.empty();
  }

  /// Sound as it is; empty where it cannot be played so, or that is not known.
  default Optional<AacTrack> frames(JsonNode stream) {
    return Optional.empty();
  }

  /// The grid that frames are on.
  ///
  /// @param times of the frames in ascending order, in ticks of the stream
  /// @param unseen the ticks between two of them, in which there are others; 0 when these are all
  static SourceMedia.Timing timing(JsonNode stream, long[] times, long unseen)
      throws MediaException {
    if (times.length == 0) {
      throw new MediaException(
          Code.CORRUPT_MEDIA, "the file has a header for pictures, but no picture");
    }
    Rational tick = tick(stream);
    List<Rational> declared =
        List.of(
            Fractions.parse(stream.path("r_frame_rate").asText()),
            Fractions.parse(stream.path("avg_frame_rate").asText()));
    FrameGrid.Grid grid = FrameGrid.of(times, unseen, tick, declared);
    double start = times[0] * tick.approximately();
    return new SourceMedia.Timing(start, grid.rate(), grid.frames(), grid.constant());
  }

  /// The unit of the stream's own times, in seconds.
  static Rational tick(JsonNode stream) {
    return Fractions.parse(stream.path("time_base").asText());
  }
}
