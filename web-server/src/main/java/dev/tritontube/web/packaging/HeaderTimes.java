package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.presentation.Rational;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When the streams of a file begin and end by its headers alone, for files too large to list their
/// packets: duration times rate.
///
/// @param format what ffprobe says of the whole file
/// @param latest seconds on the file's clock at which everything has ended, whatever the headers
///   say
record HeaderTimes(JsonNode format, double latest) implements StreamTimes {
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,4}):(\\d\\d):(\\d\\d(?:\\.\\d{1,9})?)");

  @Override
  public boolean predicted() {
    return true;
  }

  @Override
  public SourceMedia.Timing pictures(JsonNode stream) {
    List<Rational> rates =
        List.of(
            Fractions.parse(stream.path("avg_frame_rate").asText()),
            Fractions.parse(stream.path("r_frame_rate").asText()));
    Rational rate = FrameGrid.slowed(FrameGrid.declared(rates));
    long frames = Math.max(1, Math.round(seconds(stream) * rate.approximately()));
    return new SourceMedia.Timing(start(stream), rate, frames, false);
  }

  @Override
  public Optional<Span> sound(JsonNode stream) {
    return Optional.of(new Span(start(stream), start(stream) + seconds(stream)));
  }

  private static double start(JsonNode stream) {
    return stream.path("start_time").asDouble(0);
  }

  /// The stream's own length, that in Matroska's tags, or what is left of the whole.
  private double seconds(JsonNode stream) {
    return Math.clamp(latest - start(stream), 0, declared(stream));
  }

  private double declared(JsonNode stream) {
    if (stream.has("duration")) {
      return Math.max(0, stream.path("duration").asDouble(0));
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
}
