package dev.tritontube.hostile;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Changes boxes of MP4 files (ISO/IEC 14496-12). A path is `moov/trak[1]/mdia`, counted from 0.
/// Nothing that stands before `moov` moves.
final class Boxes {
  private static final int HEADER = 8;

  private Boxes() {}

  static byte[] box(String type, byte[]... contents) {
    byte[] content = Bytes.joined(contents);
    return new Bytes().u32(HEADER + content.length).add(type).add(content).toArray();
  }

  /// Where a box begins.
  static int at(byte[] file, String path) {
    int start = 0;
    int end = file.length;
    int found = -1;
    for (String step : path.split("/")) {
      String type = step.substring(0, 4);
      int skip = step.length() > 4 ? Integer.parseInt(step.substring(5, step.length() - 1)) : 0;
      found = find(file, start, end, type, skip);
      start = found + contents(type);
      end = found + size(file, found);
    }
    return found;
  }

  private static int find(byte[] file, int start, int end, String type, int skip) {
    int left = skip;
    for (int at = start; at + HEADER <= end; at += size(file, at)) {
      if (new String(file, at + 4, 4, java.nio.charset.StandardCharsets.ISO_8859_1).equals(type)
          && left-- == 0) {
        return at;
      }
    }
    throw new IllegalArgumentException("there is no box " + type);
  }

  /// How many bytes of it stand before the boxes in it.
  private static int contents(String type) {
    return switch (type) {
      case "stsd", "dref" -> 16;
      case "avc1", "hvc1", "hev1" -> 86;
      case "mp4a" -> 36;
      case "meta" -> 12;
      default -> HEADER;
    };
  }

  static int size(byte[] file, int at) {
    return ByteBuffer.wrap(file).getInt(at);
  }

  static byte[] part(byte[] file, String path) {
    int at = at(file, path);
    return Arrays.copyOfRange(file, at, at + size(file, at));
  }

  /// With a number of 32 bits at a place of a box.
  static byte[] with(byte[] file, String path, int offset, long value) {
    byte[] changed = file.clone();
    ByteBuffer.wrap(changed).putInt(at(file, path) + offset, (int) value);
    return changed;
  }

  /// With other bytes at a place of a box.
  static byte[] with(byte[] file, String path, int offset, byte[] value) {
    byte[] changed = file.clone();
    System.arraycopy(value, 0, changed, at(file, path) + offset, value.length);
    return changed;
  }

  /// With something else in the place of a box; the boxes around it fit.
  static byte[] replaced(byte[] file, String path, byte[] replacement) {
    int at = at(file, path);
    int old = size(file, at);
    byte[] changed =
        Bytes.joined(
            Arrays.copyOf(file, at), replacement, Arrays.copyOfRange(file, at + old, file.length));
    int slash = path.lastIndexOf('/');
    while (slash > 0) {
      String parent = path.substring(0, slash);
      int around = at(file, parent);
      ByteBuffer.wrap(changed).putInt(around, size(file, around) + replacement.length - old);
      slash = parent.lastIndexOf('/');
    }
    return changed;
  }

  /// With more at the end of a box.
  static byte[] appended(byte[] file, String path, byte[] more) {
    byte[] grown = Bytes.joined(part(file, path), more);
    ByteBuffer.wrap(grown).putInt(0, grown.length);
    return replaced(file, path, grown);
  }
}
