package dev.tritontube.web.packaging;

/// The levels of HEVC in its main tier (ITU-T H.265, tables A.8 and A.9): what a decoder must be
/// able to do.
enum HevcLevel {
  L1_0(30, 36_864, 552_960, 128),
  L2_0(60, 122_880, 3_686_400, 1_500),
  L2_1(63, 245_760, 7_372_800, 3_000),
  L3_0(90, 552_960, 16_588_800, 6_000),
  L3_1(93, 983_040, 33_177_600, 10_000),
  L4_0(120, 2_228_224, 66_846_720, 12_000),
  L4_1(123, 2_228_224, 133_693_440, 20_000),
  L5_0(150, 8_912_896, 267_386_880, 25_000),
  L5_1(153, 8_912_896, 534_773_760, 40_000),
  L5_2(156, 8_912_896, 1_069_547_520, 60_000),
  L6_0(180, 35_651_584, 1_069_547_520, 60_000),
  L6_1(183, 35_651_584, 2_139_095_040L, 120_000),
  L6_2(186, 35_651_584, 4_278_190_080L, 240_000);

  private final int idc;
  private final long pictureSamples;
  private final long samplesPerSecond;
  private final long kilobits;

  HevcLevel(int idc, long pictureSamples, long samplesPerSecond, long kilobits) {
    this.idc = idc;
    this.pictureSamples = pictureSamples;
    this.samplesPerSecond = samplesPerSecond;
    this.kilobits = kilobits;
  }

  /// The lowest level that allows these pictures, as streams have it: times thirty.
  static int of(int width, int height, double rate, long bitsPerSecond) {
    long samples = (long) width * height;
    for (HevcLevel level : values()) {
      long longest = (long) Math.sqrt(8.0 * level.pictureSamples);
      if (samples <= level.pictureSamples
          && Math.max(width, height) <= longest
          && samples * rate <= level.samplesPerSecond
          && bitsPerSecond <= level.kilobits * 1000) {
        return level.idc;
      }
    }
    return L6_2.idc;
  }
}
