package dev.tritontube.web.catalog;

/// A blob of an original, and which of its bytes it holds.
///
/// @param number of the blob
/// @param start of its first byte in the original
public record Piece(long number, long start, long length) {
  public Piece {
    if (number < 0 || start < 0 || length < 1) {
      throw new IllegalArgumentException("piece " + number + " of " + length + " at " + start);
    }
  }

  public long end() {
    return start + length;
  }
}
