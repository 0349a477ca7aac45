package dev.tritontube.node.peers;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Spaces bytes evenly: each take waits until those before it have had their time. Up to a tenth of
/// a second's bytes pass at once after a pause.
public final class BytesPerSecond implements Throttle {
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /// Waits for so many nanoseconds.
  public interface Pause {
    void nanos(long nanos) throws InterruptedException;
  }

  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private long freeAtNanos;

  /// @param bytesPerSecond at least 1
  public BytesPerSecond(long bytesPerSecond, LongSupplier nanoTime, Pause pause) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("a throttle of " + bytesPerSecond + " bytes a second");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.freeAtNanos = nanoTime.getAsLong();
  }

  /// @param bytesPerSecond 0 = no limit
  public static Throttle of(long bytesPerSecond) {
    return bytesPerSecond == 0
        ? Throttle.NONE
        : new BytesPerSecond(bytesPerSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  @Override
  public void take(int bytes) throws InterruptedException {
    long waitNanos = reserve(bytes);
    if (waitNanos > 0) {
      pause.nanos(waitNanos);
    }
  }

  private synchronized long reserve(int bytes) {
    long now = nanoTime.getAsLong();
    if (freeAtNanos - now < -BURST_NANOS) {
      freeAtNanos = now - BURST_NANOS;
    }
    long waitNanos = freeAtNanos - now;
    freeAtNanos += (long) (bytes * 1e9 / bytesPerSecond);
    return waitNanos;
  }
}
