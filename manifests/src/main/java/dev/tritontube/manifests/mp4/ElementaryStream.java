package dev.tritontube.manifests.mp4;

/// Reads the descriptors in an `esds` box (ISO/IEC 14496-1, 7.2.6) for what names the codec.
final class ElementaryStream {
  private static final int STREAM = 3;
  private static final int DECODER_CONFIG = 4;
  private static final int DECODER_SPECIFIC = 5;
  private static final int MPEG4_AUDIO = 0x40;
  private static final int ESCAPED_OBJECT_TYPE = 31;

  private ElementaryStream() {}

  static String codecs(Fields fields) throws MalformedMp4Exception {
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
      return "mp4a.%02X".formatted(codec);
    }
    enter(fields.skip(12), DECODER_SPECIFIC);
    return "mp4a.40." + audioObjectType(fields);
  }

  private static int audioObjectType(Fields fields) throws MalformedMp4Exception {
    int first = fields.u8();
    int type = first >> 3;
    return type == ESCAPED_OBJECT_TYPE ? 32 + ((first & 7) << 3) + (fields.u8() >> 5) : type;
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
}
