package dev.tritontube.web.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Times as clients write them (RFC 3339), to the millisecond.
public final class Times {
  private static final int MAX_YEAR = 9999;

  private Times() {}

  /// Empty for what is none, or not in the years 0 to 9999.
  public static Optional<Instant> parse(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return time.getYear() >= 0 && time.getYear() <= MAX_YEAR
          ? Optional.of(time.toInstant().truncatedTo(ChronoUnit.MILLIS))
          : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
