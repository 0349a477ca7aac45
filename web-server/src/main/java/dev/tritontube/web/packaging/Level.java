package dev.tritontube.web.packaging;

/// The levels of H.264 (ITU-T H.264, table A-1): what a decoder must be able to do.
enum Level {
  L1_0(10, 99, 1_485, 80),
  L1_1(11, 396, 3_000, 240),
  L1_2(12, 396, 6_000, 480),
  L1_3(13, 396, 11_880, 960),
  L2_0(20, 396, 11_880, 2_500),
  L2_1(21, 792, 19_800, 5_000),
  L2_2(22, 1_620, 20_250, 5_000),
  L3_0(30, 1_620, 40_500, 12_500),
  L3_1(31, 3_600, 108_000, 17_500),
  L3_2(32, 5_120, 216_000, 25_000),
  L4_0(40, 8_192, 245_760, 25_000),
  L4_2(42, 8_704, 522_240, 62_500),
  L5_0(50, 22_080, 589_824, 168_750),
  L5_1(51, 36_864, 983_040, 300_000),
  L5_2(52, 36_864, 2_073_600, 300_000),
  L6_0(60, 139_264, 4_177_920, 300_000),
  L6_1(61, 139_264, 8_355_840, 600_000),
  L6_2(62, 139_264, 16_711_680, 1_000_000);

  private static final int MACROBLOCK = 16;

  private final int tenfold;
  private final long frameBlocks;
  private final long blocksPerSecond;
  private final long kilobits;

  Level(int tenfold, long frameBlocks, long blocksPerSecond, long kilobits) {
    this.tenfold = tenfold;
    this.frameBlocks = frameBlocks;
    this.blocksPerSecond = blocksPerSecond;
    this.kilobits = kilobits;
  }

  /// The lowest level that allows these pictures, times ten.
  static int of(int width, int height, double rate, long bitsPerSecond) {
    long columns = (width + MACROBLOCK - 1) / MACROBLOCK;
    long rows = (height + MACROBLOCK - 1) / MACROBLOCK;
    for (Level level : values()) {
      boolean shaped =
          columns * columns <= 8 * level.frameBlocks && rows * rows <= 8 * level.frameBlocks;
      if (shaped
          && columns * rows <= level.frameBlocks
          && columns * rows * rate <= level.blocksPerSecond
          && bitsPerSecond <= level.kilobits * 1000) {
        return level.tenfold;
      }
    }
    return L6_2.tenfold;
  }
}
