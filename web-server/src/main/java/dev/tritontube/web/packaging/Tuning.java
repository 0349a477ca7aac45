package dev.tritontube.web.packaging;

/// How an encoder is set.
///
/// @param crf the constant rate factor: the lower, the better
/// @param preset how much work it takes on, in the encoder's own word
record Tuning(int crf, String preset) {
  /// The same with another rate factor.
  Tuning withCrf(int other) {
    return new Tuning(other, preset);
  }
}
