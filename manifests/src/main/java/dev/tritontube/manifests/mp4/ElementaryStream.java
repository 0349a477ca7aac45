package dev.tritontube.manifests.mp4;

/// What the descriptors in an `esds` box say of the codec (ISO/IEC 14496-1, 7.2.6, and the
/// AudioSpecificConfig of ISO/IEC 14496-3, 1.6.2.1).
///
/// @param channels 0 where it does not say; the sample entry's own count is 2 whatever the sound
record ElementaryStream(String codecs, int channels) {
  private static final int STREAM = 3;
  private static final int DECODER_CONFIG = 4;
  private static final int DECODER_SPECIFIC = 5;
  private static final int MPEG4_AUDIO = 0x40;
  private static final int ESCAPED_OBJECT_TYPE = 31;
  private static final int EXPLICIT_RATE = 15;
  private static final int SEVEN_POINT_ONE = 7;

  static ElementaryStream parse(Fields fields) throws MalformedMp4Exception {
    enter(fields, STREAM);
    int flags = fields.skip(2).u8();
    if ((flags & 0x80) != 0) {
      fields.skip(2);
    }
    if ((flags & 0x40) != 0) {
      fields.skip(fields.u8());
    }
    if ((flags & 0x20) != 0) {
      fields.skip(2);
    }
    enter(fields, DECODER_CONFIG);
    int codec = fields.u8();
    if (codec != MPEG4_AUDIO) {
      return new ElementaryStream("mp4a.%02X".formatted(codec), 0);
    }
    enter(fields.skip(12), DECODER_SPECIFIC);
    return mpeg4(new Bits(fields));
  }

  private static ElementaryStream mpeg4(Bits bits) {
    int type = bits.next(5);
    if (type == ESCAPED_OBJECT_TYPE) {
      type = 32 + bits.next(6);
    }
    if (bits.next(4) == EXPLICIT_RATE) {
      bits.next(24);
    }
    int layout = bits.next(4);
    return new ElementaryStream(
        "mp4a.40." + type, layout == SEVEN_POINT_ONE ? 8 : layout > SEVEN_POINT_ONE ? 0 : layout);
  }

  private static void enter(Fields fields, int tag) throws MalformedMp4Exception {
    int found = fields.u8();
    if (found != tag) {
      throw new MalformedMp4Exception("esds has descriptor " + found + " in place of " + tag);
    }
    int lengthBytes = 1;
    while ((fields.u8() & 0x80) != 0) {
      if (++lengthBytes > 4) {
        throw new MalformedMp4Exception("esds has a length of more than four bytes");
      }
    }
  }

  /// The first 64 bits of what is left, zeros after its end.
  private static final class Bits {
    private long left;

    Bits(Fields fields) throws MalformedMp4Exception {
      for (int shift = Long.SIZE - Byte.SIZE; shift >= 0 && fields.remaining() > 0; shift -= 8) {
        left |= (long) fields.u8() << shift;
      }
    }

    int next(int count) {
      int value = (int) (left >>> (Long.SIZE - count));
      left <<= count;
      return value;
    }
  }
}
