package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tritontube.manifests.presentation.Segment;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/// The boxes (ISO/IEC 14496-12 and -14) around AAC-LC at 48 kHz in stereo: the init segment, and a
/// fragment of frames. Track id 1, media time in samples.
final class AudioBoxes {
  private static final int FULL = 0;
  private static final int UNITY = 0x0001_0000;
  private static final short UNDETERMINED = 0x55C4;

  /// AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1): AAC-LC, 48 kHz, 2 channels, frames of 1,024.
  private static final byte[] CONFIG = {0x11, (byte) 0x90};

  private static final int DEFAULT_BASE_IS_MOOF = 0x02_0000;
  private static final int DEFAULT_FLAGS = 0x20;
  private static final int DATA_OFFSET = 0x01;
  private static final int SAMPLE_DURATIONS = 0x100;
  private static final int SAMPLE_SIZES = 0x200;
  private static final int DEPENDS_ON_NOTHING = 0x0200_0000;

  private AudioBoxes() {}

  static byte[] init() {
    byte[] brands = join(text("cmfc"), ints(0), text("iso6"), text("cmfc"), text("mp41"));
    byte[] mvhd =
        join(
            ints(FULL, 0, 0, EncodingPlan.AUDIO_RATE, 0, UNITY),
            shorts(0x0100, 0),
            ints(0, 0),
            matrix(),
            ints(0, 0, 0, 0, 0, 0, 2));
    byte[] trex = ints(FULL, 1, 1, EncodingPlan.AUDIO_FRAME, 0, DEPENDS_ON_NOTHING);
    return join(
        box("ftyp", brands),
        box("moov", box("mvhd", mvhd), track(), box("mvex", box("trex", trex))));
  }

  /// A `moof` and its `mdat`. The last frame of a segment lasts as long as there is left of it.
  static byte[] segment(Segment segment, List<byte[]> frames) {
    byte[] first = fragment(segment, frames, 0);
    return join(
        fragment(segment, frames, first.length + 8), box("mdat", frames.toArray(byte[][]::new)));
  }

  private static byte[] fragment(Segment segment, List<byte[]> frames, int dataOffset) {
    byte[] tfhd = ints(DEFAULT_BASE_IS_MOOF | DEFAULT_FLAGS, 1, DEPENDS_ON_NOTHING);
    byte[] tfdt = ByteBuffer.allocate(12).putInt(0x0100_0000).putLong(segment.start()).array();
    ByteBuffer trun = ByteBuffer.allocate(12 + 8 * frames.size());
    trun.putInt(DATA_OFFSET | SAMPLE_DURATIONS | SAMPLE_SIZES);
    trun.putInt(frames.size()).putInt(dataOffset);
    long left = segment.duration();
    for (byte[] frame : frames) {
      trun.putInt((int) Math.min(left, EncodingPlan.AUDIO_FRAME)).putInt(frame.length);
      left -= EncodingPlan.AUDIO_FRAME;
    }
    return box(
        "moof",
        box("mfhd", ints(FULL, (int) segment.number() + 1)),
        box("traf", box("tfhd", tfhd), box("tfdt", tfdt), box("trun", trun.array())));
  }

  private static byte[] track() {
    int enabled = 7;
    byte[] tkhd =
        join(ints(enabled, 0, 0, 1, 0, 0, 0, 0), shorts(0, 1, 0x0100, 0), matrix(), ints(0, 0));
    byte[] mdhd = join(ints(FULL, 0, 0, EncodingPlan.AUDIO_RATE, 0), shorts(UNDETERMINED, 0));
    byte[] hdlr = join(ints(FULL, 0), text("soun"), ints(0, 0, 0), text("sound\0"));
    byte[] dref = join(ints(FULL, 1), box("url ", ints(1)));
    byte[] minf =
        join(
            box("smhd", ints(FULL, 0)), box("dinf", box("dref", dref)), box("stbl", sampleTable()));
    return box(
        "trak",
        box("tkhd", tkhd),
        box("mdia", box("mdhd", mdhd), box("hdlr", hdlr), box("minf", minf)));
  }

  private static byte[] sampleTable() {
    byte[] entry =
        join(
            shorts(0, 0, 0, 1),
            ints(0, 0),
            shorts(EncodingPlan.AUDIO_CHANNELS, 16, 0, 0),
            ints(EncodingPlan.AUDIO_RATE << 16),
            box("esds", join(ints(FULL), elementaryStream())));
    return join(
        box("stsd", join(ints(FULL, 1), box("mp4a", entry))),
        box("stts", ints(FULL, 0)),
        box("stsc", ints(FULL, 0)),
        box("stsz", ints(FULL, 0, 0)),
        box("stco", ints(FULL, 0)));
  }

  /// ES, decoder configuration and synchronisation descriptors (ISO/IEC 14496-1, 7.2.6).
  private static byte[] elementaryStream() {
    byte[] specific = descriptor(0x05, CONFIG);
    byte[] rates = ints(EncodingPlan.AUDIO_BITS_PER_SECOND * 2, EncodingPlan.AUDIO_BITS_PER_SECOND);
    byte[] aacAudioStream = {0x40, 0x15, 0, 0, 0};
    byte[] decoder = descriptor(0x04, join(aacAudioStream, rates, specific));
    return descriptor(0x03, join(new byte[] {0, 1, 0}, decoder, descriptor(0x06, new byte[] {2})));
  }

  private static byte[] descriptor(int tag, byte[] body) {
    return join(new byte[] {(byte) tag, (byte) body.length}, body);
  }

  private static byte[] matrix() {
    return ints(UNITY, 0, 0, 0, UNITY, 0, 0, 0, 0x4000_0000);
  }

  private static byte[] box(String type, byte[]... parts) {
    byte[] body = join(parts);
    return join(ints(body.length + 8), text(type), body);
  }

  private static byte[] text(String value) {
    return value.getBytes(ISO_8859_1);
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static byte[] shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
