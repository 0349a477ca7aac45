package dev.tritontube.node.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.NodeId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The bytes of a record.
///
/// ```
/// All numbers are little-endian. A record starts at a multiple of 8 in its volume.
///
///   at  bytes
///    0      4  magic "TTR1"
///    4      1  version of this format: 1
///    5      1  type (RecordType)
///    6      1  flags; 1: another key of the same hash was held when this was written
///    7      1  number of notes
///    8      8  salt of the volume
///   16      8  offset of this record in the volume
///   24      4  number of the volume
///   28      2  length of the key
///   30      2  0, reserved
///   32      8  hash of the key (its arc is the top bits)
///   40      8  epoch of the layout by which it was written
///   48      4  length of the payload
///   52      4  CRC32C of the payload
///   56      4  CRC32C of the block table
///   60      4  0, reserved
///   64      8  bytes of this volume that were known to be synced when this was written
///   72     20  0, reserved (scrubbing)
///   92      4  CRC32C of bytes 0 to 91, the key and the notes
///   96         key, UTF-8
///              notes, 16 bytes each: 1 kind (1 missing, 2 hint), 1 change (0 added, 1 removed),
///                6 zero, 8 node id
///              block table: CRC32C of each 64 KiB of the payload, 4 bytes each
///              zeros up to a multiple of 8
///              payload
///              zeros up to a multiple of 8
/// ```
///
/// Invariants. A record is whole or it does not exist: it says one thing about one key, notes
/// included. It knows its own place (volume, salt, offset), so neither a misdirected read nor what
/// an older file left behind looks valid. The synced bytes prove that everything below them was
/// durable: a broken record there has rotted, only one above may be torn.
///
/// Sources: CRC32C is the Castagnoli polynomial as in RFC 3720, appendix B.4.
final class RecordFormat {
  static final int FIXED_BYTES = 96;
  static final int ALIGNMENT = 8;
  static final int MAGIC = 0x31525454;

  /// Enough to hold the head of nearly every record: one read instead of two.
  static final int USUAL_HEAD_BYTES = 1024;

  private static final int VERSION = 1;
  private static final int COLLIDES = 1;
  private static final int NOTE_BYTES = 16;
  private static final int CHECKSUM_AT = 92;

  private RecordFormat() {}

  static int keyBytes(BlobKey key) {
    return key.value().getBytes(UTF_8).length;
  }

  static int tableOffset(int keyBytes, int notes) {
    return FIXED_BYTES + keyBytes + notes * NOTE_BYTES;
  }

  static int headBytes(int keyBytes, int notes, int payloadBytes) {
    return aligned(tableOffset(keyBytes, notes) + Payload.blocks(payloadBytes) * Integer.BYTES);
  }

  static long recordBytes(int keyBytes, int notes, int payloadBytes) {
    return headBytes(keyBytes, notes, payloadBytes) + (long) aligned(payloadBytes);
  }

  static int aligned(int bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /// The block table as it stands in a head.
  static int tableChecksum(int[] blockChecksums) {
    ByteBuffer table = littleEndian(blockChecksums.length * Integer.BYTES);
    table.asIntBuffer().put(blockChecksums);
    return checksum(table);
  }

  /// The head of a record, from its first byte to where the payload starts.
  static ByteBuffer encode(RecordHead head, VolumeId volume, int[] blockChecksums) {
    byte[] key = head.key().value().getBytes(UTF_8);
    ByteBuffer bytes = littleEndian(head.headBytes());
    bytes.putInt(MAGIC).put((byte) VERSION).put((byte) head.type().code());
    bytes.put((byte) (head.collides() ? COLLIDES : 0)).put((byte) head.notes().size());
    bytes.putLong(volume.salt()).putLong(head.offset()).putInt(volume.number());
    bytes.putShort((short) key.length).putShort((short) 0);
    bytes.putLong(head.hash()).putLong(head.epoch());
    bytes.putInt(head.payloadBytes()).putInt(head.payloadChecksum());
    bytes.putInt(head.tableChecksum()).putInt(0).putLong(head.syncedBytes());
    bytes.position(FIXED_BYTES).put(key);
    head.notes().forEach(note -> encode(note, bytes));
    bytes.putInt(CHECKSUM_AT, headChecksum(bytes, bytes.position()));
    bytes
        .slice(bytes.position(), blockChecksums.length * Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .put(blockChecksums);
    return bytes.clear();
  }

  /// How many bytes [#decode] needs, judged by bytes that nobody checked yet; 0 when they cannot be
  /// a record.
  static int checkedBytes(ByteBuffer fixed) {
    ByteBuffer bytes = fixed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < FIXED_BYTES || bytes.getInt(bytes.position()) != MAGIC) {
      return 0;
    }
    int start = bytes.position();
    return tableOffset(bytes.getShort(start + 28) & 0xffff, bytes.get(start + 7) & 0xff);
  }

  /// Reads the head of a record without its block table.
  ///
  /// @param bytes from the start of the record on
  /// @return empty unless it is a whole head that belongs exactly there
  static Optional<RecordHead> decode(ByteBuffer bytes, VolumeId volume, long offset) {
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int checked = checkedBytes(in);
    if (checked == 0 || in.remaining() < checked || !isAt(in, volume, offset)) {
      return Optional.empty();
    }
    if (in.getInt(CHECKSUM_AT) != headChecksum(in, checked)) {
      return Optional.empty();
    }
    return RecordType.of(in.get(5)).map(type -> decode(in, type));
  }

  /// The number and salt of the volume that a head claims to belong to, if the head is whole and
  /// lies at that offset of that volume.
  static Optional<VolumeId> volumeOf(ByteBuffer bytes, int number, long offset) {
    if (bytes.remaining() < FIXED_BYTES) {
      return Optional.empty();
    }
    long salt = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(bytes.position() + 8);
    VolumeId claimed = new VolumeId(number, salt);
    return decode(bytes, claimed, offset).map(_ -> claimed);
  }

  static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    return (int) checksum.getValue();
  }

  static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean isAt(ByteBuffer in, VolumeId volume, long offset) {
    return in.get(4) == VERSION
        && in.getLong(8) == volume.salt()
        && in.getLong(16) == offset
        && in.getInt(24) == volume.number();
  }

  private static RecordHead decode(ByteBuffer in, RecordType type) {
    byte[] keyBytes = new byte[in.getShort(28) & 0xffff];
    in.get(FIXED_BYTES, keyBytes);
    BlobKey key = new BlobKey(new String(keyBytes, UTF_8));
    List<NoteChange> notes = new ArrayList<>();
    int noteCount = in.get(7) & 0xff;
    for (int i = 0; i < noteCount; i++) {
      notes.add(decodeNote(in, FIXED_BYTES + keyBytes.length + i * NOTE_BYTES, key));
    }
    return new RecordHead(
        type,
        key,
        in.getLong(32),
        (in.get(6) & COLLIDES) != 0,
        in.getLong(40),
        in.getInt(48),
        in.getInt(52),
        in.getInt(56),
        notes,
        in.getLong(16),
        in.getLong(64));
  }

  private static void encode(NoteChange change, ByteBuffer bytes) {
    byte kind =
        switch (change.note().kind()) {
          case MISSING -> 1;
          case HINT -> 2;
        };
    bytes.put(kind).put((byte) (change.removed() ? 1 : 0)).put(new byte[6]);
    bytes.putLong(Long.parseUnsignedLong(change.note().node().value(), 16));
  }

  private static NoteChange decodeNote(ByteBuffer in, int at, BlobKey key) {
    Note.Kind kind = in.get(at) == 1 ? Note.Kind.MISSING : Note.Kind.HINT;
    NodeId node = new NodeId("%016x".formatted(in.getLong(at + 8)));
    return new NoteChange(new Note(kind, key, node), in.get(at + 1) == 1);
  }

  /// Of the fixed part up to the checksum itself, the key and the notes.
  private static int headChecksum(ByteBuffer bytes, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.slice(0, CHECKSUM_AT));
    checksum.update(bytes.slice(FIXED_BYTES, end - FIXED_BYTES));
    return (int) checksum.getValue();
  }
}
