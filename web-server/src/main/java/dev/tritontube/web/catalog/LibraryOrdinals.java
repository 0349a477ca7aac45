package dev.tritontube.web.catalog;

import java.time.Instant;

/// The numbers that order videos by their making: milliseconds since 1970, and 20 bits that tell
/// those of one millisecond apart.
public final class LibraryOrdinals {
  private static final int BITS = 20;
  private static final long MOST_MILLIS = Long.MAX_VALUE >> BITS;

  private LibraryOrdinals() {}

  /// The first of what is made in the millisecond of an instant, however far away that is.
  public static long first(Instant at) {
    long seconds = Math.clamp(at.getEpochSecond(), -MOST_MILLIS / 1000, MOST_MILLIS / 1000);
    return first(seconds * 1000 + at.getNano() / 1_000_000);
  }

  static long first(long millis) {
    return Math.clamp(millis, -MOST_MILLIS, MOST_MILLIS) << BITS;
  }
}
