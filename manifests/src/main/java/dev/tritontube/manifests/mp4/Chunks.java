package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The chunks of a track: of each fragment, the bytes of its samples. For one thread while they are
/// added.
final class Chunks {
  private final List<Chunk> chunks = new ArrayList<>();

  /// @param start in ticks of the track
  /// @param samples how many it has
  /// @param offset where it begins in its fragment
  /// @param length in bytes
  record Chunk(long start, int samples, int offset, long length) {}

  void add(Fragment fragment, long start) {
    long length = fragment.samples().stream().mapToLong(Sample::size).sum();
    int offset = fragment.samples().getFirst().offset();
    chunks.add(new Chunk(start, fragment.samples().size(), offset, length));
  }

  int count() {
    return chunks.size();
  }

  Chunk chunk(int number) {
    return chunks.get(number);
  }

  long bytes() {
    return chunks.stream().mapToLong(Chunk::length).sum();
  }

  /// The content of `stsc`: where the number of samples changes, from which chunk on.
  byte[] samplesPerChunk() {
    List<Integer> changes = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      if (i == 0 || chunks.get(i).samples() != chunks.get(i - 1).samples()) {
        changes.add(i);
      }
    }
    ByteBuffer table = ByteBuffer.allocate(8 + 12 * changes.size());
    table.putInt(0).putInt(changes.size());
    for (int change : changes) {
      table.putInt(change + 1).putInt(chunks.get(change).samples()).putInt(1);
    }
    return table.array();
  }
}
