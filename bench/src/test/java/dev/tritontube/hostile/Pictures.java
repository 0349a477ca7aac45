package dev.tritontube.hostile;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;

/// Pictures that are larger than their files.
final class Pictures {
  private Pictures() {}

  /// A PNG file (ISO/IEC 15948) of a square of black, in as few bytes as that takes, or fewer.
  static byte[] png(int side) throws IOException {
    byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    byte[] header = new Bytes().u32(side, side).u8(8, 2, 0, 0, 0).toArray();
    return Bytes.joined(
        signature,
        chunk("IHDR", header),
        chunk("IDAT", Bytes.deflatedZeros(8 << 20)),
        chunk("IEND", new byte[0]));
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] named = Bytes.joined(Bytes.of(type), content);
    CRC32 sum = new CRC32();
    sum.update(named);
    return new Bytes().u32(content.length).add(named).u32(sum.getValue()).toArray();
  }

  /// A JPEG that says of itself that it is larger (SOF0 of ITU-T T.81, B.2.2).
  static byte[] enlarged(byte[] jpegs, int side) {
    byte[] changed = jpegs.clone();
    for (int at = 0; at + 9 < changed.length; at++) {
      if ((changed[at] & 0xFF) == 0xFF
          && (changed[at + 1] & 0xFF) == 0xC0
          && changed[at + 4] == 8) {
        byte[] size = new Bytes().u16(side).u16(side).toArray();
        System.arraycopy(size, 0, changed, at + 5, size.length);
      }
    }
    if (Arrays.equals(changed, jpegs)) {
      throw new IllegalArgumentException("there is no picture to be enlarged");
    }
    return changed;
  }
}
