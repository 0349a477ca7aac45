package dev.tritontube.manifests.mp4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;

/// Makes a fragment of any samples, in CMAF's form: one `moof` with one `trun`, then `mdat`. For
/// cutting sound on another grid than its encoder did, and for samples that are copied.
public final class FragmentWriter {
  private static final int MOVIE_HEADER_BYTES = 16;
  private static final int TRACK_HEADER_BYTES = 16;
  private static final int DECODE_TIME_BYTES = 20;
  private static final int RUN_BYTES = 20;
  private static final int SAMPLE_BYTES = 16;
  private static final int DEFAULT_BASE_IS_MOOF = 0x2_0000;
  private static final int RUN_VERSION_AND_FLAGS = 0x0100_0f01;
  private static final int SYNC = 0x0200_0000;
  private static final int NO_SYNC = 0x0101_0000;

  private FragmentWriter() {}

  /// A sample and its bytes, from position to limit.
  public record SampleData(ByteBuffer bytes, long duration, long compositionOffset, boolean sync) {
    private Entry entry() {
      return new Entry(bytes.remaining(), duration, compositionOffset, sync);
    }
  }

  /// A sample without its bytes.
  record Entry(int size, long duration, long compositionOffset, boolean sync) {}

  /// @param samples in decoding order, at least one
  /// @throws ArithmeticException if a duration or an offset does not fit into 32 bits
  public static byte[] write(
      long sequenceNumber, long trackId, long baseMediaDecodeTime, List<SampleData> samples) {
    List<Entry> entries = samples.stream().map(SampleData::entry).toList();
    byte[] head = head(sequenceNumber, trackId, baseMediaDecodeTime, entries);
    ByteBuffer out = ByteBuffer.allocate(Math.addExact(head.length, dataBytes(entries))).put(head);
    samples.forEach(sample -> out.put(sample.bytes().duplicate()));
    return out.array();
  }

  /// What precedes the bytes of the samples: `moof` and the header of `mdat`.
  static byte[] head(
      long sequenceNumber, long trackId, long baseMediaDecodeTime, List<Entry> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a fragment needs a sample");
    }
    int run = RUN_BYTES + SAMPLE_BYTES * samples.size();
    int track = Box.HEADER_BYTES + TRACK_HEADER_BYTES + DECODE_TIME_BYTES + run;
    int moof = Box.HEADER_BYTES + MOVIE_HEADER_BYTES + track;
    ByteBuffer out = ByteBuffer.allocate(headBytes(samples.size()));
    header(out, moof, "moof");
    header(out, MOVIE_HEADER_BYTES, "mfhd").putInt(0).putInt((int) sequenceNumber);
    header(out, track, "traf");
    header(out, TRACK_HEADER_BYTES, "tfhd").putInt(DEFAULT_BASE_IS_MOOF).putInt((int) trackId);
    header(out, DECODE_TIME_BYTES, "tfdt").putInt(1 << 24).putLong(baseMediaDecodeTime);
    header(out, run, "trun")
        .putInt(RUN_VERSION_AND_FLAGS)
        .putInt(samples.size())
        .putInt(moof + Box.HEADER_BYTES);
    for (Entry sample : samples) {
      out.putInt(Math.toIntExact(sample.duration()))
          .putInt(sample.size())
          .putInt(sample.sync() ? SYNC : NO_SYNC)
          .putInt(Math.toIntExact(sample.compositionOffset()));
    }
    header(out, Math.addExact(Box.HEADER_BYTES, dataBytes(samples)), "mdat");
    return out.array();
  }

  /// The length of a head.
  static int headBytes(int samples) {
    return 3 * Box.HEADER_BYTES
        + MOVIE_HEADER_BYTES
        + TRACK_HEADER_BYTES
        + DECODE_TIME_BYTES
        + RUN_BYTES
        + SAMPLE_BYTES * samples;
  }

  private static int dataBytes(List<Entry> samples) {
    return samples.stream().mapToInt(Entry::size).reduce(0, Math::addExact);
  }

  private static ByteBuffer header(ByteBuffer out, int size, String type) {
    return out.putInt(size).put(type.getBytes(ISO_8859_1));
  }
}
