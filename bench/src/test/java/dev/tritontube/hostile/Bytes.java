package dev.tritontube.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Puts bytes together. Numbers are big-endian unless said otherwise.
final class Bytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static byte[] of(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static byte[] joined(byte[]... parts) {
    Bytes bytes = new Bytes();
    for (byte[] part : parts) {
      bytes.add(part);
    }
    return bytes.toArray();
  }

  static byte[] repeated(byte[] part, int times) {
    Bytes bytes = new Bytes();
    for (int i = 0; i < times; i++) {
      bytes.add(part);
    }
    return bytes.toArray();
  }

  /// So many zeros, compressed as zlib does it.
  static byte[] deflatedZeros(long count) throws java.io.IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater =
        new DeflaterOutputStream(compressed, new Deflater(Deflater.BEST_SPEED))) {
      byte[] zeros = new byte[1 << 16];
      for (long left = count; left > 0; left -= zeros.length) {
        deflater.write(zeros);
      }
    }
    return compressed.toByteArray();
  }

  Bytes add(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Bytes add(String text) {
    return add(of(text));
  }

  Bytes u8(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  Bytes u16(long value) {
    return u8((int) (value >> 8), (int) value);
  }

  Bytes u32(long... values) {
    for (long value : values) {
      u16(value >> 16).u16(value);
    }
    return this;
  }

  Bytes u64(long value) {
    return u32(value >> 32, value);
  }

  /// Little-endian.
  Bytes le16(long value) {
    return u8((int) value, (int) (value >> 8));
  }

  /// Little-endian.
  Bytes le32(long... values) {
    for (long value : values) {
      le16(value).le16(value >> 16);
    }
    return this;
  }

  byte[] toArray() {
    return out.toByteArray();
  }
}
