package dev.tritontube.web.jobs;

/// The name of a kind of task, and where its tasks stand in the queue: higher priority first, then
/// oldest first.
public record TaskName(String value, int priority) {
  public TaskName {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a task needs a name");
    }
  }
}
