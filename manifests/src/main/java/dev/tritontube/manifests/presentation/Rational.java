package dev.tritontube.manifests.presentation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// An exact, non-negative fraction in lowest terms: a length in seconds, a frame rate.
public record Rational(long numerator, long denominator) implements Comparable<Rational> {
  public static final Rational ZERO = new Rational(0, 1);

  public Rational {
    if (numerator < 0 || denominator < 1) {
      throw new IllegalArgumentException(
          "%d/%d is no non-negative fraction".formatted(numerator, denominator));
    }
    long divisor = gcd(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
  }

  public static Rational of(long whole) {
    return new Rational(whole, 1);
  }

  /// @throws ArithmeticException if the sum does not fit
  public Rational plus(Rational other) {
    long divisor = gcd(denominator, other.denominator);
    long left = Math.multiplyExact(numerator, other.denominator / divisor);
    long right = Math.multiplyExact(other.numerator, denominator / divisor);
    return new Rational(
        Math.addExact(left, right), Math.multiplyExact(denominator, other.denominator / divisor));
  }

  /// This times `factor`, rounded up to a whole number: how many frames or ticks cover a length.
  public long timesCeiling(long factor) {
    return scaled(factor, RoundingMode.CEILING);
  }

  /// This times `factor`, rounded down to a whole number.
  public long timesFloor(long factor) {
    return scaled(factor, RoundingMode.FLOOR);
  }

  public BigDecimal decimal(int digits, RoundingMode rounding) {
    return BigDecimal.valueOf(numerator).divide(BigDecimal.valueOf(denominator), digits, rounding);
  }

  public double approximately() {
    return (double) numerator / denominator;
  }

  @Override
  public int compareTo(Rational other) {
    return product(numerator, other.denominator).compareTo(product(other.numerator, denominator));
  }

  /// `30000/1001`, or `25` when whole: the form of DASH's `frameRate`.
  @Override
  public String toString() {
    return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
  }

  private long scaled(long factor, RoundingMode rounding) {
    return new BigDecimal(product(numerator, factor))
        .divide(BigDecimal.valueOf(denominator), 0, rounding)
        .longValueExact();
  }

  private static BigInteger product(long left, long right) {
    return BigInteger.valueOf(left).multiply(BigInteger.valueOf(right));
  }

  private static long gcd(long left, long right) {
    return right == 0 ? left : gcd(right, left % right);
  }
}
