package dev.tritontube.web.packaging;

import org.jspecify.annotations.Nullable;

/// One size of the ladder.
///
/// @param id of the representation: `720p` by the short side
/// @param capBitsPerSecond the highest rate over the encoder's buffer
/// @param level of H.264, times ten
/// @param tuning how its encoder is set; null in plans of old, which say it by their profile
record Rung(
    String id, int width, int height, long capBitsPerSecond, int level, @Nullable Tuning tuning) {
  Rung {
    if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "4:2:0 pictures have even sizes, not " + width + "x" + height);
    }
  }

  /// Of which no more than the size is told.
  Rung(String id, int width, int height, long capBitsPerSecond, int level) {
    this(id, width, height, capBitsPerSecond, level, null);
  }

  /// RFC 6381: High profile at the level.
  String codecs() {
    return "avc1.6400%02X".formatted(level);
  }

  long pixels() {
    return (long) width * height;
  }
}
