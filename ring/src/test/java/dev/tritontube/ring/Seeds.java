package dev.tritontube.ring;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Where random tests take their seed from: `-Dtritontube.seed=N` repeats a run.
final class Seeds {
  private static final long BASE =
      Long.getLong("tritontube.seed", new SplittableRandom().nextLong());

  private Seeds() {}

  /// The seed of this run, printed once for each test that asks.
  static long announce(Class<?> test) {
    System.out.println(test.getSimpleName() + ": -Dtritontube.seed=" + BASE);
    return BASE;
  }

  static RandomGenerator random(long seed, int round) {
    return new SplittableRandom(seed + round);
  }

  static String of(long seed, int round) {
    return "seed " + seed + ", round " + round;
  }
}
