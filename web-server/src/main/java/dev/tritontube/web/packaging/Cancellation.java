package dev.tritontube.web.packaging;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Stops work from another thread: kills the program that runs now and lets no other start.
/// Thread-safe.
final class Cancellation {
  /// Guarded by this.
  private @Nullable Process running;

  /// Guarded by this.
  private boolean cancelled;

  synchronized void cancel() {
    cancelled = true;
    if (running != null) {
      ToolRunner.kill(running);
    }
  }

  /// Ends the program that runs now, and nothing else.
  synchronized void killRunning() {
    if (running != null) {
      ToolRunner.kill(running);
    }
  }

  /// @throws CancellationException when it has been cancelled; the program is then killed
  synchronized void started(Process process) {
    running = process;
    if (cancelled) {
      ToolRunner.kill(process);
      throw new CancellationException("cancelled");
    }
  }

  synchronized void ended() {
    running = null;
    throwIfCancelled();
  }

  synchronized void throwIfCancelled() {
    if (cancelled) {
      throw new CancellationException("cancelled");
    }
  }
}
