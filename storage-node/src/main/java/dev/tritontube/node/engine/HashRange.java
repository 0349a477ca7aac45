package dev.tritontube.node.engine;

/// A stretch of the ring: unsigned hashes from `first` to `last`, both inclusive.
public record HashRange(long first, long last) {
  /// The whole ring.
  public static final HashRange ALL = new HashRange(0, -1);

  public HashRange {
    if (Long.compareUnsigned(first, last) > 0) {
      throw new IllegalArgumentException(
          "a range of hashes from "
              + Long.toHexString(first)
              + " to "
              + Long.toHexString(last)
              + " is empty");
    }
  }

  /// The hashes of neighbouring arcs.
  ///
  /// @param lastArc inclusive
  /// @param arcBits k: the ring has 2^k arcs
  public static HashRange ofArcs(int firstArc, int lastArc, int arcBits) {
    int shift = Long.SIZE - arcBits;
    return new HashRange((long) firstArc << shift, ((long) lastArc << shift) | (-1L >>> arcBits));
  }

  public boolean contains(long hash) {
    return Long.compareUnsigned(first, hash) <= 0 && Long.compareUnsigned(hash, last) <= 0;
  }
}
