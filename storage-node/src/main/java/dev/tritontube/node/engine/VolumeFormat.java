package dev.tritontube.node.engine;

import dev.tritontube.ring.NodeId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The bytes of a volume around its records.
///
/// ```
/// All numbers are little-endian.
///
///   header, 4096 bytes               records                footer, when sealed
///   +----------------------------+-----------------------+------------------+---------+
///   | magic ... checksum         | RecordFormat          | entries          | trailer |
///   +----------------------------+-----------------------+------------------+---------+
///   0                            4096                    end of data         size - 64
///
///   header                                 trailer
///     0  8  magic "TTVOLUME"                 0  8  magic "TTFOOTER"
///     8  4  version of this format: 1        8  4  version of this format: 1
///    12  4  number of the volume            12  4  number of the volume
///    16  8  salt                            16  8  salt
///    24  8  node id                         24  8  end of data
///    32  8  bytes reserved for the file     32  4  number of entries
///    40     0, reserved                     36  4  CRC32C of the entries
///  4092  4  CRC32C of the above             40 20  0, reserved
///                                           60  4  CRC32C of the above
///   entry, 24 bytes, one a record, by offset
///     0  8  hash of the key
///     8  4  offset / 8
///    12  4  length of the record / 8 (24 bits), type (4 bits), flags (4 bits; 1: another key of the
///           same hash was held, 2: has notes)
///    16  4  length of the payload
///    20  4  0, reserved
/// ```
///
/// Invariants. The header is durable before the file gets the name of a volume. A file without a
/// legible trailer was not sealed, or was damaged later: its records are found by reading it.
/// Sealing first cuts off what is behind the data, so that nothing lies between records and footer.
final class VolumeFormat {
  static final int HEADER_BYTES = 4096;
  static final int TRAILER_BYTES = 64;
  static final int ENTRY_BYTES = 24;

  private static final long HEADER_MAGIC = 0x454D_554C_4F56_5454L;
  private static final long TRAILER_MAGIC = 0x5245_544F_4F46_5454L;
  private static final int VERSION = 1;
  private static final int COLLIDES = 1;
  private static final int HAS_NOTES = 2;

  /// A record as the footer knows it.
  record Entry(
      RecordType type,
      long hash,
      long offset,
      long recordBytes,
      int payloadBytes,
      boolean collides,
      boolean hasNotes) {

    static Entry of(RecordHead head) {
      return new Entry(
          head.type(),
          head.hash(),
          head.offset(),
          head.recordBytes(),
          head.payloadBytes(),
          head.collides(),
          !head.notes().isEmpty());
    }
  }

  /// @param reservedBytes the size that the file had when it was made
  record Header(VolumeId id, NodeId node, long reservedBytes) {}

  /// @param dataEnd where the entries start
  record Trailer(VolumeId id, long dataEnd, int entries, int checksum) {
    long bytes() {
      return (long) entries * ENTRY_BYTES + TRAILER_BYTES;
    }
  }

  private VolumeFormat() {}

  static ByteBuffer encode(Header header) {
    ByteBuffer bytes = RecordFormat.littleEndian(HEADER_BYTES);
    bytes.putLong(HEADER_MAGIC).putInt(VERSION).putInt(header.id().number());
    bytes.putLong(header.id().salt());
    bytes.putLong(Long.parseUnsignedLong(header.node().value(), 16));
    bytes.putLong(header.reservedBytes());
    int end = HEADER_BYTES - Integer.BYTES;
    return bytes.putInt(end, RecordFormat.checksum(bytes.slice(0, end))).clear();
  }

  /// Empty when the bytes are no header.
  ///
  /// @throws UnusableFolderException when a newer program wrote it
  static Optional<Header> decodeHeader(ByteBuffer bytes) throws UnusableFolderException {
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int end = HEADER_BYTES - Integer.BYTES;
    if (in.remaining() < HEADER_BYTES
        || in.getLong(0) != HEADER_MAGIC
        || in.getInt(end) != RecordFormat.checksum(in.slice(0, end))) {
      return Optional.empty();
    }
    if (in.getInt(8) > VERSION) {
      throw new UnusableFolderException(
          "volume "
              + in.getInt(12)
              + " has format "
              + in.getInt(8)
              + ", this program knows "
              + VERSION);
    }
    return Optional.of(
        new Header(
            new VolumeId(in.getInt(12), in.getLong(16)),
            new NodeId("%016x".formatted(in.getLong(24))),
            in.getLong(32)));
  }

  /// Entries and trailer.
  static ByteBuffer encodeFooter(VolumeId id, long dataEnd, List<Entry> entries) {
    ByteBuffer bytes = RecordFormat.littleEndian(entries.size() * ENTRY_BYTES + TRAILER_BYTES);
    for (Entry entry : entries) {
      bytes.putLong(entry.hash());
      bytes.putInt((int) (entry.offset() / RecordFormat.ALIGNMENT));
      bytes.putInt(packed(entry)).putInt(entry.payloadBytes()).putInt(0);
    }
    int start = bytes.position();
    int checksum = RecordFormat.checksum(bytes.slice(0, start));
    bytes.putLong(TRAILER_MAGIC).putInt(VERSION).putInt(id.number()).putLong(id.salt());
    bytes.putLong(dataEnd).putInt(entries.size()).putInt(checksum);
    int end = bytes.limit() - Integer.BYTES;
    return bytes.putInt(end, RecordFormat.checksum(bytes.slice(start, end - start))).clear();
  }

  /// Empty when the bytes are no trailer.
  static Optional<Trailer> decodeTrailer(ByteBuffer bytes) {
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int end = TRAILER_BYTES - Integer.BYTES;
    if (in.remaining() < TRAILER_BYTES
        || in.getLong(0) != TRAILER_MAGIC
        || in.getInt(8) != VERSION
        || in.getInt(end) != RecordFormat.checksum(in.slice(0, end))) {
      return Optional.empty();
    }
    VolumeId id = new VolumeId(in.getInt(12), in.getLong(16));
    return Optional.of(new Trailer(id, in.getLong(24), in.getInt(32), in.getInt(36)));
  }

  /// Empty when they are not the entries that the trailer was written with.
  static Optional<List<Entry>> decodeEntries(ByteBuffer bytes, Trailer trailer) {
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    CRC32C checksum = new CRC32C();
    checksum.update(in.duplicate());
    if (in.remaining() != trailer.entries() * ENTRY_BYTES
        || (int) checksum.getValue() != trailer.checksum()) {
      return Optional.empty();
    }
    List<Entry> entries = new ArrayList<>(trailer.entries());
    for (int at = 0; at < in.limit(); at += ENTRY_BYTES) {
      Optional<Entry> entry = decodeEntry(in, at);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      entries.add(entry.get());
    }
    return Optional.of(entries);
  }

  private static Optional<Entry> decodeEntry(ByteBuffer in, int at) {
    int packed = in.getInt(at + 12);
    return RecordType.of(packed >>> 4 & 0xf)
        .map(
            type ->
                new Entry(
                    type,
                    in.getLong(at),
                    Integer.toUnsignedLong(in.getInt(at + 8)) * RecordFormat.ALIGNMENT,
                    (long) (packed >>> 8) * RecordFormat.ALIGNMENT,
                    in.getInt(at + 16),
                    (packed & COLLIDES) != 0,
                    (packed & HAS_NOTES) != 0));
  }

  private static int packed(Entry entry) {
    return (int) (entry.recordBytes() / RecordFormat.ALIGNMENT) << 8
        | entry.type().code() << 4
        | (entry.collides() ? COLLIDES : 0)
        | (entry.hasNotes() ? HAS_NOTES : 0);
  }
}
