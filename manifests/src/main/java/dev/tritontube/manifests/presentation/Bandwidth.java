package dev.tritontube.manifests.presentation;

/// Bits per second of a representation.
///
/// @param peak the largest rate of any of its segments (before they exist: the cap they are encoded
///   with)
/// @param average all bits by the whole length
public record Bandwidth(long peak, long average) {
  public Bandwidth {
    if (average < 1 || peak < average) {
      throw new IllegalArgumentException(
          "bandwidth needs 1 <= average (%d) <= peak (%d)".formatted(average, peak));
    }
  }
}
