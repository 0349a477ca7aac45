package dev.tritontube.ring;

/// Neighbouring arcs.
///
/// @param first the first arc, at least 0
/// @param last the last arc, itself included
public record ArcRange(int first, int last) {
  public ArcRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("no arcs from " + first + " to " + last);
    }
  }

  public int size() {
    return last - first + 1;
  }
}
