package dev.tritontube.web.packaging;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One size of the ladder.
///
/// @param id of the representation: `720p` by the short side
/// @param capBitsPerSecond the highest rate over the encoder's buffer
/// @param level as streams of the codec number it; of H.264 times ten
/// @param codec not named in plans of old, which have H.264 alone
/// @param tuning how its encoder is set; null in plans of old, which say it by their profile
record Rung(
    String id,
    int width,
    int height,
    long capBitsPerSecond,
    int level,
    Codec codec,
    @Nullable Tuning tuning) {
  Rung {
    codec = Objects.requireNonNullElse(codec, Codec.H264);
    if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "4:2:0 pictures have even sizes, not " + width + "x" + height);
    }
  }

  /// Of which no more than the size is told.
  Rung(String id, int width, int height, long capBitsPerSecond, int level) {
    this(id, width, height, capBitsPerSecond, level, Codec.H264, null);
  }

  /// As in RFC 6381.
  String codecs() {
    return codec.codecs(level);
  }

  long pixels() {
    return (long) width * height;
  }
}
