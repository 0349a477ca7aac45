package dev.tritontube.web.frames;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.frames.Zip.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Consecutive bytes of an archive that are one blob: whole files with their headers, or, the last
/// one, what stands behind them.
///
/// @param number from 0 on
/// @param start of its first byte in the archive
/// @param attempt whose blob it is
/// @param firstFrame index of its first picture
/// @param entries of its pictures
record FramePiece(
    int number, long start, long length, String attempt, int firstFrame, List<Entry> entries) {
  FramePiece {
    entries = List.copyOf(entries);
  }

  long end() {
    return start + length;
  }

  BlobKey key(FrameSet set) {
    return key(set.of().asset(), set.id(), number, attempt);
  }

  static BlobKey key(AssetId asset, String set, int number, String attempt) {
    return new BlobKey("a/" + asset + "/frames/" + set + "/" + number + "-" + attempt);
  }

  /// Entries as the catalog has them: check sum and length of each, 4 bytes each, in base 64.
  static String text(List<Entry> entries) {
    ByteBuffer bytes = ByteBuffer.allocate(entries.size() * 2 * Integer.BYTES);
    entries.forEach(entry -> bytes.putInt(entry.crc()).putInt(entry.bytes()));
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static List<Entry> entries(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    List<Entry> entries = new ArrayList<>();
    while (bytes.hasRemaining()) {
      entries.add(new Entry(bytes.getInt(), bytes.getInt()));
    }
    return entries;
  }
}
