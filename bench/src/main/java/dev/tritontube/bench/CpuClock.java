package dev.tritontube.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// User and system time of processes, from Linux's `/proc/PID/stat`.
///
/// @param pids the processes that do the work
public record CpuClock(List<Long> pids) {
  private static final double TICKS_PER_SECOND = 100;

  /// Seconds since the processes started, of all of them together; those that are gone count
  /// nothing.
  public double seconds() {
    return pids.stream().mapToDouble(pid -> ticks(pid, 2) / TICKS_PER_SECOND).sum();
  }

  /// The same and what their children used that have ended and were waited for.
  public double secondsWithChildren() {
    return pids.stream().mapToDouble(pid -> ticks(pid, 4) / TICKS_PER_SECOND).sum();
  }

  /// The sum of the first of utime, stime, cutime and cstime.
  private static long ticks(long pid, int clocks) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The second field is the name in parentheses, which may have spaces in it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Arrays.stream(fields, 11, 11 + clocks).mapToLong(Long::parseLong).sum();
    } catch (IOException gone) {
      return 0;
    }
  }
}
