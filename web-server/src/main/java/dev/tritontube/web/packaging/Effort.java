package dev.tritontube.web.packaging;

/// What a source's own encoder needed for its pictures: how complex they are, found out by looking
/// at the sizes of their frames alone.
///
/// @param keyBytes of a key frame, on average
/// @param mostKeyBytes of the largest key frame
/// @param mostOtherBytes of a frame that refers to others, on average of the liveliest stretch
record Effort(double keyBytes, double mostKeyBytes, double mostOtherBytes) {
  /// How much changes from frame to frame where most does: 0 in still pictures, about 1 in noise.
  double motion() {
    return mostOtherBytes / keyBytes;
  }

  /// The rate of the most complex pictures, were there as many key frames as we make.
  ///
  /// @param rate frames a second
  /// @param gop frames from key frame to key frame
  double peakBitsPerSecond(double rate, int gop) {
    return rate * Byte.SIZE * (mostKeyBytes + (gop - 1) * mostOtherBytes) / gop;
  }
}
