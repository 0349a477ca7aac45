package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Values of which equal ones follow each other, as `stts` and `ctts` have them. For one thread.
final class Runs {
  private final List<Run> runs = new ArrayList<>();

  private record Run(long value, int count) {}

  void add(long value) {
    if (!runs.isEmpty() && runs.getLast().value() == value) {
      runs.addLast(new Run(value, runs.removeLast().count() + 1));
    } else {
      runs.add(new Run(value, 1));
    }
  }

  boolean isZero() {
    return runs.stream().allMatch(run -> run.value() == 0);
  }

  /// The content of the box.
  ///
  /// @param more is added to each value
  byte[] table(long more) {
    ByteBuffer table = ByteBuffer.allocate(8 + 8 * runs.size()).putInt(0).putInt(runs.size());
    for (Run run : runs) {
      table.putInt(run.count()).putInt(Math.toIntExact(run.value() + more));
    }
    return table.array();
  }
}
