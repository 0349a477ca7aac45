package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;

/// The content of a `tfdt` box.
final class DecodeTime {
  private static final int VALUE = 4;
  private static final long MAX_SHORT = 0xffff_ffffL;

  private DecodeTime() {}

  static long read(Fields content) throws MalformedMp4Exception {
    int version = content.u8();
    content.skip(3);
    return version == 1 ? content.u63() : content.u32();
  }

  static void write(ByteBuffer content, long time) throws MalformedMp4Exception {
    boolean wide = content.remaining() > 0 && content.get(0) == 1;
    if (content.remaining() < VALUE + (wide ? Long.BYTES : Integer.BYTES)) {
      throw new MalformedMp4Exception("tfdt ends too early");
    }
    if (time < 0 || (!wide && time > MAX_SHORT)) {
      throw new MalformedMp4Exception("tfdt has no room for " + time);
    }
    if (wide) {
      content.putLong(VALUE, time);
    } else {
      content.putInt(VALUE, (int) time);
    }
  }
}
