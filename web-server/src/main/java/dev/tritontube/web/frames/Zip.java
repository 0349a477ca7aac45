package dev.tritontube.web.frames;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The parts of an archive whose files are stored as they are (APPNOTE.TXT 6.3.10 of PKWARE: 4.3.7,
/// 4.3.12, 4.3.16). Numbers are little-endian.
///
/// Each file is its local header and its bytes, one after the other; then comes the directory with
/// an entry for each, then its end. All names have the same length, so where an entry is follows
/// from its number. Archives stay below 4 GiB and 65,536 files: nothing here is of ZIP64. All are
/// dated the first day that the format knows, 1980-01-01, so that the same pictures are the same
/// archive.
final class Zip {
  static final int LOCAL_HEADER_BYTES = 30 + FrameName.LENGTH;
  static final int DIRECTORY_ENTRY_BYTES = 46 + FrameName.LENGTH;
  private static final int END_BYTES = 22;

  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int DIRECTORY_ENTRY = 0x02014b50;
  private static final int END = 0x06054b50;

  private static final short NEEDS_1_0 = 10;

  /// Version 2.0, whose attributes are those of Unix.
  private static final short MADE_BY_UNIX = 3 << 8 | 20;

  private static final short STORED = 0;
  private static final short MIDNIGHT = 0;
  private static final short FIRST_DAY = 1 << 5 | 1;

  /// A regular file that everybody may read.
  private static final int UNIX_MODE = 0100644 << 16;

  private Zip() {}

  /// A file.
  ///
  /// @param crc CRC-32 of its bytes
  /// @param bytes how many
  record Entry(int crc, int bytes) {
    Entry {
      if (bytes < 0) {
        throw new IllegalArgumentException("a file of " + bytes + " bytes");
      }
    }

    /// What it takes before the directory.
    long length() {
      return LOCAL_HEADER_BYTES + (long) bytes;
    }
  }

  /// An entry, and where its file begins.
  record Placed(String name, Entry entry, long offset) {
    long dataOffset() {
      return offset + LOCAL_HEADER_BYTES;
    }
  }

  /// What stands before the bytes of a file.
  static byte[] localHeader(String name, Entry entry) {
    ByteBuffer header = buffer(LOCAL_HEADER_BYTES).putInt(LOCAL_HEADER);
    describe(header, entry);
    return header.put(ascii(name)).array();
  }

  /// How long the rest behind the files is.
  static long endBytes(int files) {
    return (long) files * DIRECTORY_ENTRY_BYTES + END_BYTES;
  }

  /// What stands behind the files.
  ///
  /// @param directoryAt how long the files are together, with their headers
  static byte[] end(List<Placed> files, long directoryAt) {
    ByteBuffer end = buffer(Math.toIntExact(endBytes(files.size())));
    for (Placed file : files) {
      end.putInt(DIRECTORY_ENTRY).putShort(MADE_BY_UNIX);
      describe(end, file.entry());
      // No comment, one disk, no attributes but those of Unix.
      end.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(UNIX_MODE);
      end.putInt((int) file.offset()).put(ascii(file.name()));
    }
    short count = (short) files.size();
    end.putInt(END).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count);
    end.putInt(files.size() * DIRECTORY_ENTRY_BYTES).putInt((int) directoryAt);
    return end.putShort((short) 0).array();
  }

  /// Reads one entry of the directory.
  static Placed placed(ByteBuffer entry) {
    ByteBuffer fields = entry.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int at = fields.position();
    byte[] name = new byte[FrameName.LENGTH];
    fields.get(at + DIRECTORY_ENTRY_BYTES - FrameName.LENGTH, name);
    return new Placed(
        new String(name, US_ASCII),
        new Entry(fields.getInt(at + 16), fields.getInt(at + 24)),
        Integer.toUnsignedLong(fields.getInt(at + 42)));
  }

  /// What local headers and entries of the directory have alike.
  private static void describe(ByteBuffer buffer, Entry entry) {
    buffer.putShort(NEEDS_1_0).putShort((short) 0).putShort(STORED);
    buffer.putShort(MIDNIGHT).putShort(FIRST_DAY);
    buffer.putInt(entry.crc()).putInt(entry.bytes()).putInt(entry.bytes());
    buffer.putShort((short) FrameName.LENGTH).putShort((short) 0);
  }

  private static byte[] ascii(String name) {
    byte[] bytes = name.getBytes(US_ASCII);
    if (bytes.length != FrameName.LENGTH) {
      throw new IllegalArgumentException("'" + name + "' is not as long as all names");
    }
    return bytes;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
