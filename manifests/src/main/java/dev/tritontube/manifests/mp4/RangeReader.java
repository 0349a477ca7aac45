package dev.tritontube.manifests.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Reads ranges of a file, neighbours at once: pictures and sound take turns, and to read some
/// sound in vain costs less than a read for each picture.
final class RangeReader {
  private static final long MAX_GAP = 256 * 1024;
  private static final long MAX_SPAN = 8 << 20;

  private RangeReader() {}

  /// Fills `target` with the bytes of all ranges.
  static void read(ByteSource file, List<FileRange> ranges, ByteBuffer target) throws IOException {
    int from = 0;
    while (from < ranges.size()) {
      int to = from + 1;
      while (to < ranges.size() && joins(ranges.get(from), ranges.get(to - 1), ranges.get(to))) {
        to++;
      }
      readSpan(file, ranges.subList(from, to), target);
      from = to;
    }
  }

  private static boolean joins(FileRange first, FileRange before, FileRange next) {
    long gap = next.offset() - before.end();
    return gap >= 0 && gap <= MAX_GAP && next.end() - first.offset() <= MAX_SPAN;
  }

  private static void readSpan(ByteSource file, List<FileRange> ranges, ByteBuffer target)
      throws IOException {
    long start = ranges.getFirst().offset();
    ByteBuffer span = ByteBuffer.allocate((int) (ranges.getLast().end() - start));
    file.read(start, span);
    for (FileRange range : ranges) {
      target.put(span.slice((int) (range.offset() - start), (int) range.length()));
    }
  }
}
