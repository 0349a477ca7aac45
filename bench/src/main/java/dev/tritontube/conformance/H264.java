package dev.tritontube.conformance;

import dev.tritontube.manifests.mp4.Box;
import dev.tritontube.manifests.mp4.MalformedMp4Exception;
import java.nio.ByteBuffer;
import java.util.List;

/// Looks into samples of H.264 (ITU-T H.264, 7.3.1, in the form of ISO/IEC 14496-15, 5.3).
final class H264 {
  /// Of a sample entry of pictures, before the boxes in it (ISO/IEC 14496-12, 12.1.3).
  private static final int ENTRY_BYTES = 78;

  private static final int LAST_OF_A_PICTURE = 5;
  private static final int IDR = 5;

  private H264() {}

  /// How many bytes the length before each NAL unit has; 0 where there is no H.264.
  static int lengthBytes(Box moov) throws MalformedMp4Exception {
    Box table = moov.child("trak").child("mdia").child("minf").child("stbl");
    List<Box> entries = Box.list(table.child("stsd").fields().skip(8).rest());
    if (entries.isEmpty() || !entries.getFirst().type().startsWith("avc")) {
      return 0;
    }
    List<Box> boxes = Box.list(entries.getFirst().fields().skip(ENTRY_BYTES).rest());
    return 1 + (Box.required(boxes, "avcC").fields().skip(4).u8() & 3);
  }

  /// Whether the first slice of a sample is one of an IDR picture.
  static boolean startsWithIdr(ByteBuffer sample, int lengthBytes) {
    long position = 0;
    while (position + lengthBytes < sample.limit()) {
      int header = (int) position + lengthBytes;
      int type = sample.get(header) & 0x1f;
      if (type > 0 && type <= LAST_OF_A_PICTURE) {
        return type == IDR;
      }
      long length = 0;
      for (int i = (int) position; i < header; i++) {
        length = length << Byte.SIZE | (sample.get(i) & 0xff);
      }
      position = header + length;
    }
    return false;
  }
}
