package dev.tritontube.node.engine;

import dev.tritontube.node.engine.VolumeFormat.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/// What reading a volume from its first record on found, where there is no footer to tell.
///
/// @param entries of the records that count
/// @param corrupt offsets of those among them whose payload is broken
/// @param damaged stretches between records that hold no legible one
/// @param dataEnd behind the last record that counts
/// @param ignoredBytes behind that: a torn tail, a torn footer or nothing but zeros
record VolumeScan(
    List<Entry> entries, Set<Long> corrupt, int damaged, long dataEnd, long ignoredBytes) {

  /// A volume that was sealed once: whatever is legible counts, wherever it is.
  static VolumeScan ofSealed(Volume volume, long size) throws IOException {
    Scanner scanner = new Scanner(volume, size);
    return scanner.result(scanner.records(), Long.MAX_VALUE);
  }

  /// The volume that was being written when the process died: below what later records prove to
  /// have been durable everything counts, above it the longest run of whole records.
  static VolumeScan ofUnfinished(Volume volume, long size) throws IOException {
    Scanner scanner = new Scanner(volume, size);
    List<Seen> records = scanner.records();
    long durable = records.stream().mapToLong(seen -> seen.head().syncedBytes()).max().orElse(0);
    return scanner.result(records, durable);
  }

  /// A legible head.
  ///
  /// @param whole the payload is what it was
  private record Seen(RecordHead head, boolean whole) {
    long end() {
      return head.offset() + head.recordBytes();
    }
  }

  private static final class Scanner {
    private static final int WINDOW_BYTES = 1 << 20;

    private final Volume volume;
    private final long size;
    private final ByteBuffer window =
        ByteBuffer.allocateDirect(WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    Scanner(Volume volume, long size) {
      this.volume = volume;
      this.size = size;
    }

    /// Every legible head, by offset.
    List<Seen> records() throws IOException {
      List<Seen> records = new ArrayList<>();
      long offset = VolumeFormat.HEADER_BYTES;
      while (offset + RecordFormat.FIXED_BYTES <= size) {
        Optional<RecordHead> head = headAt(offset);
        if (head.isPresent()) {
          records.add(new Seen(head.get(), isWhole(head.get())));
          offset += head.get().recordBytes();
        } else {
          offset = nextMagic(offset + RecordFormat.ALIGNMENT);
        }
      }
      return records;
    }

    VolumeScan result(List<Seen> records, long durable) {
      List<Entry> entries = new ArrayList<>();
      Set<Long> corrupt = new HashSet<>();
      int damaged = 0;
      long end = VolumeFormat.HEADER_BYTES;
      for (Seen seen : records) {
        boolean gap = seen.head().offset() != end;
        if (end >= durable && (gap || !seen.whole())) {
          break;
        }
        damaged += gap ? 1 : 0;
        entries.add(Entry.of(seen.head()));
        if (!seen.whole()) {
          corrupt.add(seen.head().offset());
        }
        end = seen.end();
      }
      return new VolumeScan(entries, corrupt, damaged, end, Math.max(0, size - end));
    }

    private Optional<RecordHead> headAt(long offset) throws IOException {
      try {
        return Optional.of(volume.head(offset));
      } catch (CorruptBlobException e) {
        return Optional.empty();
      }
    }

    private boolean isWhole(RecordHead head) throws IOException {
      try {
        volume.blockChecksums(head);
        return checksum(head.payloadOffset(), head.payloadBytes())
            .filter(found -> found == head.payloadChecksum())
            .isPresent();
      } catch (CorruptBlobException e) {
        return false;
      }
    }

    private Optional<Integer> checksum(long start, int length) throws IOException {
      CRC32C checksum = new CRC32C();
      for (int done = 0; done < length; ) {
        window.clear().limit(Math.min(WINDOW_BYTES, length - done));
        int count = volume.read(window, start + done);
        if (window.hasRemaining()) {
          return Optional.empty();
        }
        checksum.update(window.flip());
        done += count;
      }
      return Optional.of((int) checksum.getValue());
    }

    /// The next place that may be the start of a record, or the end of the file.
    private long nextMagic(long from) throws IOException {
      for (long start = from; start < size; start += WINDOW_BYTES) {
        int count = fill(start);
        for (int at = 0; at + Integer.BYTES <= count; at += RecordFormat.ALIGNMENT) {
          if (window.getInt(at) == RecordFormat.MAGIC) {
            return start + at;
          }
        }
      }
      return size;
    }

    /// Unreadable stretches hold no record.
    private int fill(long start) throws IOException {
      try {
        return volume.read(window.clear(), start);
      } catch (CorruptBlobException e) {
        return 0;
      }
    }
  }
}
