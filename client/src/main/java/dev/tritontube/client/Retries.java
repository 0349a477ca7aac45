package dev.tritontube.client;

import java.time.Duration;

/// How often something that failed is tried again, and after which pauses. A pause is twice as long
/// as the one before, up to the longest; half of it is left to chance, so that many clients do not
/// come back together. When a server says when to come back (`Retry-After`), it is not asked
/// earlier; when that is later than after the longest pause, it is not asked again.
///
/// @param inARow failures without any progress between, after which the next one is told; 0: none
///   is tried again
public record Retries(int inARow, Duration first, Duration longest) {
  /// Eight in a row, in which about half a minute passes: a server that is started again is waited
  /// for.
  public static final Retries STANDARD =
      new Retries(8, Duration.ofMillis(250), Duration.ofSeconds(15));

  /// Nothing is tried again.
  public static final Retries NONE = new Retries(0, Duration.ZERO, Duration.ZERO);

  public Retries {
    if (inARow < 0 || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          inARow + " retries after " + first + " to " + longest + " are none");
    }
  }
}
