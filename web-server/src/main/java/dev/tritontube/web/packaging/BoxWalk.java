package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Steps over the outermost boxes of an MP4 or MOV file (ISO/IEC 14496-12, 4.2), without reading
/// what is in them.
final class BoxWalk {
  private static final int HEADER = 16;
  private static final int MAX_BOXES = 64;

  private BoxWalk() {}

  /// Whether a file of sample tables lost its end. One of fragments that did is good up to its last
  /// whole fragment.
  static boolean endsEarly(Original original) throws IOException {
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
        return true;
      }
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
