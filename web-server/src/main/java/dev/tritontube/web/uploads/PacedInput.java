package dev.tritontube.web.uploads;

import dev.tritontube.web.http.Problem;
import dev.tritontube.web.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/// A body that has to come at some pace, since memory waits for it that others could use. Only the
/// time in which the server waits for the client counts. A client that sends nothing at all is
/// given up earlier, by the HTTP server. For one thread.
public final class PacedInput extends InputStream {
  static final Duration WINDOW = Duration.ofMinutes(1);
  static final long LEAST_BYTES = 1 << 20;

  private final InputStream input;
  private final LongSupplier nanoTime;
  private long waitedNanos;
  private long bytes;

  /// @param nanoTime like `System::nanoTime`
  public PacedInput(InputStream input, LongSupplier nanoTime) {
    this.input = input;
    this.nanoTime = nanoTime;
  }

  /// @throws ProblemException 408 `too_slow`
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long begunAt = nanoTime.getAsLong();
    int count = attempt(target, offset, length);
    waitedNanos += nanoTime.getAsLong() - begunAt;
    bytes += Math.max(0, count);
    if (count >= 0 && waitedNanos >= WINDOW.toNanos()) {
      requirePace();
      waitedNanos = 0;
      bytes = 0;
    }
    return count;
  }

  private int attempt(byte[] target, int offset, int length) throws IOException {
    try {
      return input.read(target, offset, length);
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new ProblemException(new Problem.TooSlow("The rest of the file did not come"));
      }
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  private void requirePace() {
    if (bytes < LEAST_BYTES) {
      throw new ProblemException(
          new Problem.TooSlow(
              "A file has to come at no less than "
                  + LEAST_BYTES
                  + " bytes a minute; this one came at "
                  + bytes));
    }
  }
}
