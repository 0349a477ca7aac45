package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;

/// The content of a `tfdt` box.
final class DecodeTime {
  private static final long MAX_SHORT = 0xffff_ffffL;

  private DecodeTime() {}

  static long read(Fields content) throws MalformedMp4Exception {
    int version = content.u8();
    content.skip(3);
    return version == 1 ? content.u63() : content.u32();
  }

  static void write(Fields content, long time) throws MalformedMp4Exception {
    boolean wide = content.u8() == 1;
    if (time < 0 || (!wide && time > MAX_SHORT)) {
      throw new MalformedMp4Exception("tfdt has no room for " + time);
    }
    ByteBuffer value = content.skip(3).rest(wide ? Long.BYTES : Integer.BYTES);
    if (wide) {
      value.putLong(time);
    } else {
      value.putInt((int) time);
    }
  }
}
