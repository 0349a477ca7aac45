package dev.tritontube.web.jobs;

import java.time.Instant;
import java.util.Optional;

/// What a worker does for tasks of one name. Thread-safe.
public interface TaskKind {
  /// Which task this is; there is at most one of each subject and kind.
  TaskName name();

  /// Does the work, from wherever an earlier run left it. Returns when nothing is left to do, also
  /// when the subject is bad or gone: an exception means that a later run may do better.
  ///
  /// @param subject what the task is about
  void run(String subject) throws Exception;

  /// Called after a run that threw.
  ///
  /// @return when it is to run again; empty: not any more
  Optional<Instant> failed(String subject, Throwable cause);
}
