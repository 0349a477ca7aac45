package dev.tritontube.bench.crowd;

import java.time.Duration;

/// How many bits a second somebody's line takes. Thread-safe.
final class Line {
  /// As fast as the machine is.
  static final long UNLIMITED = Long.MAX_VALUE;

  private final long bitsPerSecond;

  /// Guarded by this: when everything so far has come through, by `System.nanoTime()`.
  private long freeNanos = System.nanoTime();

  Line(long bitsPerSecond) {
    this.bitsPerSecond = bitsPerSecond;
  }

  /// Waits until so much has come through.
  void carry(int bytes) throws InterruptedException {
    if (bitsPerSecond != UNLIMITED) {
      Thread.sleep(Duration.ofNanos(Math.max(0, reserve(bytes) - System.nanoTime())));
    }
  }

  private synchronized long reserve(int bytes) {
    long needed = (long) (bytes * (double) Byte.SIZE / bitsPerSecond * 1e9);
    freeNanos = Math.max(freeNanos, System.nanoTime()) + needed;
    return freeNanos;
  }
}
