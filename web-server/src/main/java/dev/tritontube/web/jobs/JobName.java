package dev.tritontube.web.jobs;

/// The name of a kind of job, and where its jobs stand in the queue: higher priority first, then
/// oldest first.
public record JobName(String value, int priority) {
  public JobName {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a job needs a name");
    }
  }
}
