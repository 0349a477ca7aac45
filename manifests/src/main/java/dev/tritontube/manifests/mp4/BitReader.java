package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads the fields of a NAL unit of H.264 bit by bit (ITU-T H.264, 7.2 and 9.1).
final class BitReader {
  private static final int LONGEST_CODE = 31;

  private final byte[] bytes;
  private int position;

  /// @param unit from which the bytes that only keep start codes out are removed
  BitReader(ByteBuffer unit) {
    this.bytes = unescaped(unit);
  }

  boolean flag() throws MalformedMp4Exception {
    return bits(1) == 1;
  }

  /// @param count at most 31
  int bits(int count) throws MalformedMp4Exception {
    if (position + count > bytes.length * Byte.SIZE) {
      throw new MalformedMp4Exception("a parameter set ends too early");
    }
    int value = 0;
    for (int i = 0; i < count; i++, position++) {
      int bit = bytes[position / Byte.SIZE] >> (Byte.SIZE - 1 - position % Byte.SIZE) & 1;
      value = value << 1 | bit;
    }
    return value;
  }

  /// An Exp-Golomb code, `ue(v)`.
  int unsigned() throws MalformedMp4Exception {
    int zeros = 0;
    while (!flag()) {
      if (++zeros == LONGEST_CODE) {
        throw new MalformedMp4Exception("a parameter set has a number beyond all bounds");
      }
    }
    return (1 << zeros) - 1 + bits(zeros);
  }

  private static byte[] unescaped(ByteBuffer unit) {
    byte[] bytes = new byte[unit.remaining()];
    int length = 0;
    int zeros = 0;
    for (int i = unit.position(); i < unit.limit(); i++) {
      byte next = unit.get(i);
      if (zeros >= 2 && next == 3) {
        zeros = 0;
      } else {
        zeros = next == 0 ? zeros + 1 : 0;
        bytes[length++] = next;
      }
    }
    return Arrays.copyOf(bytes, length);
  }
}
