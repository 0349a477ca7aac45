package dev.tritontube.web.jobs;

/// Tells the workers of this process that a task was added. Only a short cut: they look for tasks
/// by themselves too, also for those of other processes. Thread-safe.
public final class TaskSignal {
  private volatile Runnable listener = () -> {};

  void raise() {
    listener.run();
  }

  /// @param heard called by the threads that add tasks
  void listen(Runnable heard) {
    listener = heard;
  }
}
