package dev.tritontube.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// User and system time of processes, from Linux's `/proc/PID/stat`.
///
/// @param pids the processes that do the work
record CpuClock(List<Long> pids) {
  private static final double TICKS_PER_SECOND = 100;

  /// Seconds since the processes started, of all of them together; those that are gone count
  /// nothing.
  double seconds() {
    return pids.stream().mapToDouble(CpuClock::seconds).sum();
  }

  private static double seconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The second field is the name in parentheses, which may have spaces in it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    } catch (IOException gone) {
      return 0;
    }
  }
}
