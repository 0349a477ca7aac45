package dev.tritontube.manifests.mp4;

import static dev.tritontube.manifests.mp4.BoxBytes.box;
import static dev.tritontube.manifests.mp4.BoxBytes.ints;
import static dev.tritontube.manifests.mp4.BoxBytes.join;
import static dev.tritontube.manifests.mp4.BoxBytes.shorts;

import dev.tritontube.manifests.presentation.Segment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// AAC-LC at 48 kHz in CMAF's form: init segments, and segments of frames of 1,024 samples. Media
/// time is in samples.
public final class AacSegments {
  public static final int RATE = 48_000;
  public static final int FRAME = 1024;

  /// AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1): object type 2, frequency index 3.
  private static final int LOW_COMPLEXITY_AT_48_KHZ = 2 << 11 | 3 << 7;

  private static final int CHANNELS_SHIFT = 3;

  private AacSegments() {}

  /// @param channels 1 or 2
  /// @param bitsPerSecond on the average
  public static byte[] init(int channels, int bitsPerSecond) {
    byte[] entry =
        join(
            shorts(0, 0, 0, 1),
            ints(0, 0),
            shorts(channels, 16, 0, 0),
            ints(RATE << 16),
            box("esds", join(ints(0), elementaryStream(channels, bitsPerSecond))));
    return InitWriter.sound(RATE, box("stsd", join(ints(0, 1), box("mp4a", entry))));
  }

  /// The last frame of a segment lasts as long as there is left of it.
  ///
  /// @param frames as many as the segment needs
  public static byte[] segment(Segment segment, List<byte[]> frames) {
    byte[] head = head(segment, frames.stream().mapToInt(frame -> frame.length).toArray());
    return join(head, join(frames.toArray(byte[][]::new)));
  }

  /// What precedes the frames of a segment.
  static byte[] head(Segment segment, int[] sizes) {
    List<FragmentWriter.Entry> entries = new ArrayList<>();
    long left = segment.duration();
    for (int size : sizes) {
      entries.add(new FragmentWriter.Entry(size, Math.min(left, FRAME), 0, true));
      left -= FRAME;
    }
    return FragmentWriter.head(segment.number() + 1, InitWriter.TRACK, segment.start(), entries);
  }

  /// ES, decoder configuration and synchronisation descriptors (ISO/IEC 14496-1, 7.2.6).
  private static byte[] elementaryStream(int channels, int bitsPerSecond) {
    byte[] specific =
        descriptor(0x05, shorts(LOW_COMPLEXITY_AT_48_KHZ | channels << CHANNELS_SHIFT));
    byte[] aacAudioStream = {0x40, 0x15, 0, 0, 0};
    byte[] decoder =
        descriptor(0x04, join(aacAudioStream, ints(bitsPerSecond * 2, bitsPerSecond), specific));
    return descriptor(0x03, join(new byte[] {0, 1, 0}, decoder, descriptor(0x06, new byte[] {2})));
  }

  private static byte[] descriptor(int tag, byte[] body) {
    return ByteBuffer.allocate(2 + body.length)
        .put((byte) tag)
        .put((byte) body.length)
        .put(body)
        .array();
  }
}
