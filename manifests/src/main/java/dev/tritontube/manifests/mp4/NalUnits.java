package dev.tritontube.manifests.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Looks at the headers of the NAL units in a sample (ITU-T H.264, 7.3.1, in the form of ISO/IEC
/// 14496-15, 5.3).
final class NalUnits {
  private static final int MAX_UNITS = 32;

  /// In which what precedes a picture's first slice usually is.
  private static final int AT_ONCE = 2048;

  private static final int LAST_OF_A_PICTURE = 5;
  private static final int IDR = 5;

  private NalUnits() {}

  /// Whether a sample is an IDR picture, after which nothing before it is needed. A key frame need
  /// not be one: it may as well begin a gradual refresh.
  static boolean refresh(ByteSource file, FileRange sample, int lengthBytes) throws IOException {
    long position = 0;
    ByteBuffer start = ByteBuffer.allocate((int) Math.min(AT_ONCE, sample.length()));
    file.read(sample.offset(), start);
    for (int i = 0; i < MAX_UNITS && position + lengthBytes < sample.length(); i++) {
      ByteBuffer header = ByteBuffer.allocate(lengthBytes + 1);
      if (position + header.limit() <= start.limit()) {
        header.put(start.slice((int) position, header.limit()));
      } else {
        file.read(sample.offset() + position, header);
      }
      header.flip();
      long length = 0;
      for (int read = 0; read < lengthBytes; read++) {
        length = length << Byte.SIZE | (header.get() & 0xff);
      }
      int type = header.get() & 0x1f;
      if (type > 0 && type <= LAST_OF_A_PICTURE) {
        return type == IDR;
      }
      position += lengthBytes + length;
    }
    return false;
  }
}
