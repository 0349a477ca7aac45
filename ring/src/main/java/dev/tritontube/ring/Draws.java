package dev.tritontube.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;

/// A sequence of numbers that look random and are the same on every machine: SplitMix64, written
/// out because the JDK does not promise the algorithm behind its generators.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014. Not
/// thread-safe.
final class Draws {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private Draws(long seed) {
    this.state = seed;
  }

  /// The sequence of one epoch of one cluster.
  static Draws of(String clusterId, long epoch) {
    return new Draws(
        Hashing.murmur3_128()
            .newHasher()
            .putLong(epoch)
            .putString(clusterId, UTF_8)
            .hash()
            .asLong());
  }

  /// A number from 0 to `bound` - 1. The bias is below bound / 2^32.
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /// The numbers from 0 to `size` - 1 in a drawn order (Fisher and Yates).
  int[] shuffled(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private long next() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
