package dev.tritontube.web.packaging;

/// The levels of AV1 (AV1 Bitstream & Decoding Process, A.3): what a decoder must be able to do.
/// Bits are left out: encoders choose the level by the pictures alone.
enum Av1Level {
  L2_0(0, 147_456, 2_048, 1_152, 4_423_680),
  L2_1(1, 278_784, 2_816, 1_584, 8_363_520),
  L3_0(4, 665_856, 4_352, 2_448, 19_975_680),
  L3_1(5, 1_065_024, 5_504, 3_096, 31_950_720),
  L4_0(8, 2_359_296, 6_144, 3_456, 70_778_880),
  L4_1(9, 2_359_296, 6_144, 3_456, 141_557_760),
  L5_0(12, 8_912_896, 8_192, 4_352, 267_386_880),
  L5_1(13, 8_912_896, 8_192, 4_352, 534_773_760),
  L5_2(14, 8_912_896, 8_192, 4_352, 1_069_547_520),
  L6_0(16, 35_651_584, 16_384, 8_704, 1_069_547_520),
  L6_1(17, 35_651_584, 16_384, 8_704, 2_139_095_040L);

  private static final int BLOCK = 8;

  private final int index;
  private final long pictureSamples;
  private final int width;
  private final int height;
  private final long samplesPerSecond;

  Av1Level(int index, long pictureSamples, int width, int height, long samplesPerSecond) {
    this.index = index;
    this.pictureSamples = pictureSamples;
    this.width = width;
    this.height = height;
    this.samplesPerSecond = samplesPerSecond;
  }

  /// The lowest level that allows these pictures, as streams number them.
  static int of(int width, int height, double rate) {
    int codedWidth = Math.ceilDiv(width, BLOCK) * BLOCK;
    long samples = (long) codedWidth * Math.ceilDiv(height, BLOCK) * BLOCK;
    for (Av1Level level : values()) {
      if (samples <= level.pictureSamples
          && width <= level.width
          && height <= level.height
          && samples * rate <= level.samplesPerSecond) {
        return level.index;
      }
    }
    return L6_1.index;
  }
}
