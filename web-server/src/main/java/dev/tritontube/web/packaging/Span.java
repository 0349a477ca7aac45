package dev.tritontube.web.packaging;

import java.util.List;

/// Consecutive segments of representations that share a timeline, or the first of some that do not:
/// what one run of the encoder makes.
///
/// @param representations ids, at least one; sound after pictures
/// @param first number of the first segment
/// @param end number after the last one
record Span(List<String> representations, long first, long end) {
  Span {
    representations = List.copyOf(representations);
    if (representations.isEmpty() || first < 0 || end <= first) {
      throw new IllegalArgumentException(
          "no span: %s from %d to %d".formatted(representations, first, end));
    }
  }

  static Span of(String representation, long first, long end) {
    return new Span(List.of(representation), first, end);
  }

  /// What an attempt has one of, such as a poster.
  static Span single(String representation, long number) {
    return of(representation, number, number + 1);
  }

  long count() {
    return end - first;
  }

  boolean holds(String representation, long number) {
    return number >= first && number < end && representations.contains(representation);
  }

  boolean overlaps(Span other) {
    return first < other.end
        && other.first < end
        && representations.stream().anyMatch(other.representations::contains);
  }
}
