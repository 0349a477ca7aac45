package dev.tritontube.web.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tritontube.manifests.presentation.Rational;

/// The size of a picture as people see it: pixels made square, and turned as the file says.
record ShownSize(int width, int height) {
  /// @param stream as ffprobe describes it
  static ShownSize of(JsonNode stream) {
    int width = stream.path("width").asInt();
    int height = stream.path("height").asInt();
    Rational aspect =
        Fractions.parse(stream.path("sample_aspect_ratio").asText().replace(':', '/'));
    if (aspect.numerator() > 0) {
      width = (int) Math.max(1, Math.round(width * aspect.approximately()));
    }
    return quarterTurns(stream) % 2 == 0
        ? new ShownSize(width, height)
        : new ShownSize(height, width);
  }

  private static int quarterTurns(JsonNode stream) {
    for (JsonNode side : stream.path("side_data_list")) {
      if (side.has("rotation")) {
        return (int) Math.round(Math.abs(side.path("rotation").asDouble()) / 90);
      }
    }
    return 0;
  }
}
