package dev.tritontube.web.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a job is that has not ended.
///
/// @param stage what is being done
/// @param percent 0 to 100
/// @param etaSeconds null while nothing is known
/// @param runs what is being made now
public record JobProgress(String stage, int percent, @Nullable Integer etaSeconds, List<Run> runs) {
  public JobProgress {
    runs = List.copyOf(runs);
  }

  /// Some segments that a worker makes.
  ///
  /// @param worker names the process
  /// @param first number of the first segment
  /// @param end number after the last one
  /// @param urgent somebody waits for them, or will soon
  public record Run(
      String worker, List<String> representations, long first, long end, boolean urgent) {
    public Run {
      representations = List.copyOf(representations);
    }
  }
}
