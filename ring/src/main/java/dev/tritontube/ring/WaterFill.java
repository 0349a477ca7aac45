package dev.tritontube.ring;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Shares a whole number out by weight under caps, in exact arithmetic.
///
/// What would get more than its cap gets its cap, the rest is shared among the others by weight,
/// and so on; the fractions that remain go to the largest remainders (Hamilton's method), among
/// equal ones to those that own more already, then to the first.
final class WaterFill {
  private final List<BigInteger> weights;
  private final int[] caps;
  private final int[] owned;
  private final int[] shares;
  private final BitSet capped = new BitSet();
  private int rest;

  private WaterFill(int total, List<BigInteger> weights, int[] caps, int[] owned) {
    this.weights = weights;
    this.caps = caps;
    this.owned = owned;
    this.shares = new int[caps.length];
    this.rest = total;
  }

  /// @param total at most the sum of the caps
  /// @param weights each at least 1
  /// @param owned what each has now
  /// @return shares that add up to `total`
  static int[] share(int total, List<BigInteger> weights, int[] caps, int[] owned) {
    if (total > Arrays.stream(caps).asLongStream().sum()) {
      throw new IllegalArgumentException(total + " is more than " + Arrays.toString(caps));
    }
    WaterFill fill = new WaterFill(total, weights, caps, owned);
    while (fill.capOnce()) {}
    fill.shareRest();
    return fill.shares;
  }

  private boolean capOnce() {
    BigInteger open = openWeight();
    BigInteger left = BigInteger.valueOf(rest);
    BitSet over = new BitSet();
    open().filter(i -> reachesCap(i, left, open)).forEach(over::set);
    over.stream().forEach(this::cap);
    return !over.isEmpty();
  }

  private boolean reachesCap(int i, BigInteger left, BigInteger open) {
    BigInteger cap = BigInteger.valueOf(caps[i]).multiply(open);
    return left.multiply(weights.get(i)).compareTo(cap) >= 0;
  }

  private void cap(int i) {
    capped.set(i);
    shares[i] = caps[i];
    rest -= caps[i];
  }

  private void shareRest() {
    BigInteger open = openWeight();
    if (open.signum() == 0) {
      return;
    }
    BigInteger left = BigInteger.valueOf(rest);
    BigInteger[] remainders = new BigInteger[caps.length];
    open()
        .forEach(
            i -> {
              BigInteger[] parts = left.multiply(weights.get(i)).divideAndRemainder(open);
              shares[i] = parts[0].intValueExact();
              remainders[i] = parts[1];
              rest -= shares[i];
            });
    Comparator<Integer> largest =
        comparing((Integer i) -> remainders[i], reverseOrder())
            .thenComparing(i -> owned[i] - shares[i], reverseOrder());
    open().boxed().sorted(largest).limit(rest).forEach(i -> shares[i]++);
  }

  private IntStream open() {
    return IntStream.range(0, caps.length).filter(i -> !capped.get(i));
  }

  private BigInteger openWeight() {
    return open().mapToObj(weights::get).reduce(BigInteger.ZERO, BigInteger::add);
  }
}
