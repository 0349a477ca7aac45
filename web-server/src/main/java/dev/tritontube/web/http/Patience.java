package dev.tritontube.web.http;

import java.time.Duration;

/// With clients that are slow, or too many.
///
/// @param idle after how long a connection is dropped on which nothing moves
/// @param leastBytesASecond at which an answer has to be taken, once it is not taken at once
/// @param connectionsPerAddress (IPv6: per network of 64 bits)
public record Patience(Duration idle, int leastBytesASecond, int connectionsPerAddress) {
  /// What plays needs 15 times that pace; a player that pauses takes nothing, which is the idle
  /// time's business.
  public static final Patience USUAL = new Patience(Duration.ofSeconds(30), 4096, 1024);

  public Patience {
    if (idle.isNegative() || idle.isZero() || leastBytesASecond < 1 || connectionsPerAddress < 1) {
      throw new IllegalArgumentException("patience is above zero");
    }
  }
}
