package dev.tritontube.web.resumable;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A body whose reader another thread can send away. He is interrupted only while he waits for the
/// client, not in what he does with what came.
final class Stoppable extends InputStream {
  private final InputStream input;

  /// Guarded by this.
  private boolean stopped;

  /// Guarded by this.
  private @Nullable Thread reader;

  Stoppable(InputStream input) {
    this.input = input;
  }

  /// @throws dev.tritontube.web.http.ProblemException 409 `taken_over` when it was stopped
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    enter();
    try {
      return input.read(target, offset, length);
    } catch (IOException | RuntimeException e) {
      requireGoing();
      throw e;
    } finally {
      leave();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  private synchronized void enter() {
    requireGoing();
    reader = Thread.currentThread();
  }

  private synchronized void requireGoing() {
    if (stopped) {
      throw Ended.takenOver();
    }
  }

  private synchronized void leave() {
    reader = null;
    if (stopped) {
      Thread.interrupted(); // That was for this read alone.
    }
  }

  synchronized void stop() {
    stopped = true;
    if (reader != null) {
      reader.interrupt();
    }
  }
}
