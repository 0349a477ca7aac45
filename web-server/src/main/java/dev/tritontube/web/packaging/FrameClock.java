package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Rational;

/// The clock of a representation at a constant rate: every frame begins at a whole tick.
///
/// @param timescale ticks a second
/// @param frameTicks from frame to frame
record FrameClock(long timescale, long frameTicks) {
  /// A tick is a millisecond at most.
  private static final long COARSE = 1000;

  static FrameClock of(Rational rate) {
    long factor = rate.numerator() < COARSE ? COARSE : 1;
    return new FrameClock(rate.numerator() * factor, rate.denominator() * factor);
  }
}
