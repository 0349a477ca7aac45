package dev.tritontube.web.packaging;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Stops work from another thread: kills the program that runs now and lets no other start. Or lets
/// it stand still for a while. Thread-safe.
final class Cancellation {
  /// Guarded by this.
  private @Nullable Process running;

  /// Guarded by this.
  private boolean cancelled;

  /// Guarded by this.
  private boolean paused;

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

  /// Stops the program, or the next one as soon as it starts.
  synchronized void pause() {
    if (!paused && running != null) {
      ToolRunner.signal(running, "STOP");
    }
    paused = true;
  }

  synchronized void resume() {
    if (paused && running != null) {
      ToolRunner.signal(running, "CONT");
    }
    paused = false;
  }

  synchronized boolean paused() {
    return paused;
  }

  /// @throws CancellationException when it has been cancelled; the program is then killed
  synchronized void started(Process process) {
    running = process;
    if (paused) {
      ToolRunner.signal(process, "STOP");
    }
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
