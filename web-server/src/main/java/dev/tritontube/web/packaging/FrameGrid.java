package dev.tritontube.web.packaging;

import dev.tritontube.manifests.presentation.Rational;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the constant frame rate that a source has, or the one that suits it best.
///
/// A source has rate f when nearly all distances between its frames are whole multiples of 1/f
/// (within what its clock can express), a good part of them 1/f itself: so a gap does not make a
/// rate variable.
final class FrameGrid {
  static final Rational FASTEST = Rational.of(60);

  private static final Rational USUAL = Rational.of(25);
  private static final double SNAP = 1e-4;

  /// Half of what is between 24 and 23.976.
  private static final double RATE_ERROR = 5e-4;

  private static final long LARGEST_NUMERATOR = 1_000_000;
  private static final double REGULAR_SHARE = 0.95;
  private static final double SINGLE_STEP_SHARE = 0.25;
  private static final List<Rational> STANDARD =
      List.of(
          new Rational(24_000, 1001),
          Rational.of(24),
          Rational.of(25),
          new Rational(30_000, 1001),
          Rational.of(30),
          Rational.of(48),
          Rational.of(50),
          new Rational(60_000, 1001),
          Rational.of(60));
  private static final List<Rational> OTHERS =
      List.of(
          Rational.of(10),
          Rational.of(12),
          new Rational(25, 2),
          Rational.of(15),
          Rational.of(20),
          new Rational(120_000, 1001),
          Rational.of(100),
          Rational.of(120),
          Rational.of(240));

  private FrameGrid() {}

  /// @param rate at most `FASTEST`
  /// @param frames places at that rate from the first frame to the end of the last
  record Grid(Rational rate, long frames, boolean constant) {}

  /// @param times of the frames in ascending order, in ticks; at least one
  /// @param unseen ticks between two of them in which there are others; 0 when these are all
  /// @param tick seconds
  /// @param declared rates that the file claims, the more credible first
  static Grid of(long[] times, long unseen, Rational tick, List<Rational> declared) {
    if (times.length == 1) {
      Rational rate = declared.stream().filter(FrameGrid::sane).findFirst().orElse(USUAL);
      return new Grid(slowed(snapped(rate)), 1, true);
    }
    Optional<Rational> regular =
        Stream.of(declared.stream().map(FrameGrid::snapped), STANDARD.stream(), OTHERS.stream())
            .flatMap(candidates -> candidates)
            .filter(rate -> usable(rate) && regular(times, tick, rate))
            .findFirst();
    double span = (times[times.length - 1] - times[0]) * tick.approximately();
    if (regular.isPresent()) {
      Rational rate = slowed(regular.get());
      double length = span + 1 / regular.get().approximately();
      return new Grid(rate, Math.max(1, Math.round(length * rate.approximately())), true);
    }
    int distances = times.length - (unseen == 0 ? 1 : 2);
    Rational rate = nearestStandard(distances / (span - unseen * tick.approximately()));
    return new Grid(rate, Math.round(span * rate.approximately()) + 1, false);
  }

  /// The first rate that can be, for one who cannot look at the frames.
  static Rational declared(List<Rational> rates) {
    return rates.stream()
        .filter(rate -> usable(rate) && sane(rate))
        .findFirst()
        .map(FrameGrid::snapped)
        .orElse(USUAL);
  }

  /// The same rate as a usual fraction, when the difference is only in how it was written.
  static Rational snapped(Rational rate) {
    return Stream.concat(STANDARD.stream(), OTHERS.stream())
        .filter(known -> Math.abs(rate.approximately() / known.approximately() - 1) < SNAP)
        .findFirst()
        .orElse(rate);
  }

  /// Half the rate, a third, ... until it is not over the fastest.
  static Rational slowed(Rational rate) {
    long divisor = 1;
    while (rate.approximately() / divisor > FASTEST.approximately() * (1 + SNAP)) {
      divisor++;
    }
    return snapped(new Rational(rate.numerator(), rate.denominator() * divisor));
  }

  private static boolean usable(Rational rate) {
    return rate.numerator() > 0 && rate.numerator() <= LARGEST_NUMERATOR;
  }

  private static boolean sane(Rational rate) {
    return rate.approximately() >= 1 && rate.approximately() <= 1000;
  }

  private static Rational nearestStandard(double rate) {
    Rational nearest = STANDARD.getFirst();
    for (Rational known : STANDARD) {
      double distance = Math.abs(Math.log(known.approximately() / rate));
      if (distance < Math.abs(Math.log(nearest.approximately() / rate))) {
        nearest = known;
      }
    }
    return nearest;
  }

  private static boolean regular(long[] times, Rational tick, Rational rate) {
    double period = 1 / (rate.approximately() * tick.approximately());
    double tolerance = Math.max(1.01, 0.05 * period);
    int onGrid = 0;
    int single = 0;
    long singleTicks = 0;
    for (int i = 1; i < times.length; i++) {
      long distance = times[i] - times[i - 1];
      long steps = Math.round(distance / period);
      if (steps >= 1 && Math.abs(distance - steps * period) <= tolerance) {
        onGrid++;
        single += steps == 1 ? 1 : 0;
        singleTicks += steps == 1 ? distance : 0;
      }
    }
    int distances = times.length - 1;
    return onGrid >= REGULAR_SHARE * distances
        && single >= SINGLE_STEP_SHARE * distances
        && Math.abs(singleTicks / (single * period) - 1) <= RATE_ERROR + 1.5 / (single * period)
        && !drifts(times[times.length - 1] - times[0], period);
  }

  private static boolean drifts(long span, double period) {
    double places = span / period;
    return Math.abs(places - Math.round(places)) * period > Math.max(1.5, 0.25 * period);
  }
}
