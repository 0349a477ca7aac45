package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/// Steps over the outermost boxes of an MP4 or MOV file (ISO/IEC 14496-12, 4.2), without reading
/// what is in them.
final class BoxWalk {
  private static final int HEADER = 16;
  private static final int MAX_BOXES = 64;

  /// The sample tables and the samples.
  private static final Set<String> FILM = Set.of("moov", "mdat");

  private BoxWalk() {}

  /// Whether a file of sample tables lost its end. One of fragments that did is good up to its last
  /// whole fragment, and behind a whole film there may be anything: cameras and editors leave bytes
  /// there that are no box.
  static boolean endsEarly(Original original) throws IOException {
    Set<String> whole = new HashSet<>();
    long at = 0;
    for (int i = 0; i < MAX_BOXES && original.sizeBytes() - at >= HEADER; i++) {
      ByteBuffer header = header(original, at);
      String type = ISO_8859_1.decode(header.slice(4, 4)).toString();
      long size = Integer.toUnsignedLong(header.getInt(0));
      long length = size == 1 ? header.getLong(8) : size;
      if (type.equals("moof") || length < 8) {
        return false; // Fragments from here on, or the last box, which has no length (0); or no box
        // at all.
      }
      if (length > original.sizeBytes() - at) {
        return FILM.contains(type) || !whole.containsAll(FILM);
      }
      whole.add(type);
      at += length;
    }
    return false;
  }

  private static ByteBuffer header(Original original, long at) throws IOException {
    try (InputStream in = original.open(at)) {
      return ByteBuffer.wrap(in.readNBytes(HEADER));
    }
  }
}
