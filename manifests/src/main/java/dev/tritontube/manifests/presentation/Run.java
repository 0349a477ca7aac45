package dev.tritontube.manifests.presentation;

/// Consecutive segments of equal length.
///
/// @param duration of each, in ticks
public record Run(long duration, long count) {
  public Run {
    if (duration < 1 || count < 1) {
      throw new IllegalArgumentException(
          "a run needs segments (%d) that have a length (%d ticks)".formatted(count, duration));
    }
  }

  long ticks() {
    return Math.multiplyExact(duration, count);
  }
}
