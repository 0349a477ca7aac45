package dev.tritontube.web.packaging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// What pictures are encoded in.
enum Codec {
  /// What every player decodes: whatever else there is, there is this.
  H264("libx264", 51, 1, Presets.HIGH),

  HEVC("libx265", 51, 0.65, Presets.X),

  AV1("libsvtav1", 63, 0.6, Presets.SVT);

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

    /// Those of x264 that make High profile: the fastest leaves out what makes it that.
    static final List<String> HIGH = X.subList(1, X.size());

    /// From the slowest on.
    static final List<String> SVT =
        IntStream.rangeClosed(0, 13).mapToObj(Integer::toString).toList();
  }

  private final String encoder;
  private final int worst;
  private final double bits;
  private final List<String> presets;

  Codec(String encoder, int worst, double bits, List<String> presets) {
    this.encoder = encoder;
    this.worst = worst;
    this.bits = bits;
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

  /// What it needs for the same pictures against H.264, about.
  double bits() {
    return bits;
  }

  /// The lowest level that allows pictures, as streams of the codec number it; of H.264 times ten.
  int level(int width, int height, double rate, long bitsPerSecond) {
    return switch (this) {
      case H264 -> Level.of(width, height, rate, bitsPerSecond);
      case HEVC -> HevcLevel.of(width, height, rate, bitsPerSecond);
      case AV1 -> Av1Level.of(width, height, rate);
    };
  }

  /// What the encoder's output at a level is called (RFC 6381; ISO/IEC 14496-15, annex E; AV1 in
  /// ISOBMFF, 5): H.264 in High profile, HEVC and AV1 in Main, progressive frames of 8 bits.
  String codecs(int level) {
    return switch (this) {
      case H264 -> "avc1.6400%02X".formatted(level);
      case HEVC -> "hvc1.1.6.L%d.90".formatted(level);
      case AV1 -> "av01.0.%02dM.08".formatted(level);
    };
  }

  /// The id of a size that is encoded in it.
  String id(String size) {
    return this == H264 ? size : size + "-" + word();
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
