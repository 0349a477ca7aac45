package dev.tritontube.web.packaging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// What pictures are encoded in.
enum Codec {
  /// What every player decodes: whatever else there is, there is this.
  H264("libx264", 51, Presets.X),

  HEVC("libx265", 51, Presets.X),

  AV1("libsvtav1", 63, Presets.SVT);

  private static final class Presets {
    /// Of x264 and x265, from the fastest on.
    static final List<String> X =
        List.of(
            "ultrafast",
            "superfast",
            "veryfast",
            "faster",
            "fast",
            "medium",
            "slow",
            "slower",
            "veryslow");

    /// From the slowest on.
    static final List<String> SVT =
        IntStream.rangeClosed(0, 13).mapToObj(Integer::toString).toList();
  }

  private final String encoder;
  private final int worst;
  private final List<String> presets;

  Codec(String encoder, int worst, List<String> presets) {
    this.encoder = encoder;
    this.worst = worst;
    this.presets = presets;
  }

  /// As ffmpeg names what encodes it.
  String encoder() {
    return encoder;
  }

  /// The highest rate factor, at which it looks worst.
  int worst() {
    return worst;
  }

  /// How much work the encoder may be told to take on.
  List<String> presets() {
    return presets;
  }

  /// The word that files, the API and representations use.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Codec> parse(String word) {
    return Arrays.stream(values()).filter(codec -> codec.word().equals(word)).findFirst();
  }
}
