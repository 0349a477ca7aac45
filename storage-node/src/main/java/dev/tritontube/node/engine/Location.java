package dev.tritontube.node.engine;

/// Where a record lies, in 64 bits: 24 bits volume number, 32 bits offset in units of 8 bytes, 8
/// bits flags. Never 0, which means nowhere.
final class Location {
  static final long NOWHERE = 0;
  static final int TOMBSTONE = 1;

  /// The copy here is known to be broken.
  static final int CORRUPT = 2;

  private Location() {}

  static long of(int volume, long offset, int flags) {
    return ((long) volume << 40) | (offset / RecordFormat.ALIGNMENT << 8) | flags;
  }

  static int volume(long location) {
    return (int) (location >>> 40);
  }

  static long offset(long location) {
    return (location >>> 8 & 0xffff_ffffL) * RecordFormat.ALIGNMENT;
  }

  static boolean isTombstone(long location) {
    return (location & TOMBSTONE) != 0;
  }

  static boolean isCorrupt(long location) {
    return (location & CORRUPT) != 0;
  }

  /// The flags aside.
  static boolean samePlace(long one, long other) {
    return one >>> 8 == other >>> 8;
  }
}
