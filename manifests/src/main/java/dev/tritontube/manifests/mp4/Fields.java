package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;

/// Reads the fields of one box in order and never past its end.
public final class Fields {
  private final String box;
  private final ByteBuffer bytes;

  Fields(String box, ByteBuffer content) {
    this.box = box;
    this.bytes = content.duplicate();
  }

  public int remaining() {
    return bytes.remaining();
  }

  public int u8() throws MalformedMp4Exception {
    return need(1).get() & 0xff;
  }

  public int u16() throws MalformedMp4Exception {
    return need(2).getShort() & 0xffff;
  }

  public int i32() throws MalformedMp4Exception {
    return need(4).getInt();
  }

  public long u32() throws MalformedMp4Exception {
    return i32() & 0xffff_ffffL;
  }

  /// 64 bits, of which the highest must be clear.
  long u63() throws MalformedMp4Exception {
    long value = i64();
    if (value < 0) {
      throw new MalformedMp4Exception(box + " has a value above 2^63");
    }
    return value;
  }

  long i64() throws MalformedMp4Exception {
    return need(8).getLong();
  }

  public String fourCharacters() throws MalformedMp4Exception {
    return Box.type(i32());
  }

  public Fields skip(int count) throws MalformedMp4Exception {
    need(count);
    bytes.position(bytes.position() + count);
    return this;
  }

  /// What has not been read yet, sharing memory with the box.
  public ByteBuffer rest() {
    return bytes.slice();
  }

  /// Like [#rest()], of which there must be `least` bytes.
  ByteBuffer rest(int least) throws MalformedMp4Exception {
    return need(least).slice();
  }

  /// Reads the number of entries that follow, of at least `entryBytes` each.
  int count(int entryBytes) throws MalformedMp4Exception {
    long count = u32();
    if (count * entryBytes > remaining()) {
      throw new MalformedMp4Exception(
          "%s announces %d entries in %d bytes".formatted(box, count, remaining()));
    }
    return (int) count;
  }

  private ByteBuffer need(int count) throws MalformedMp4Exception {
    if (count < 0 || bytes.remaining() < count) {
      throw new MalformedMp4Exception(box + " ends too early");
    }
    return bytes;
  }
}
