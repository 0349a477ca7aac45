package dev.tritontube.manifests.mp4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;

/// Makes a fragment of any samples, in CMAF's form: one `moof` with one `trun`, then `mdat`. For
/// cutting sound on another grid than its encoder did.
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
  public record SampleData(ByteBuffer bytes, long duration, long compositionOffset, boolean sync) {}

  /// @param samples in decoding order, at least one
  /// @throws ArithmeticException if a duration or an offset does not fit into 32 bits
  public static byte[] write(
      long sequenceNumber, long trackId, long baseMediaDecodeTime, List<SampleData> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a fragment needs a sample");
    }
    int run = RUN_BYTES + SAMPLE_BYTES * samples.size();
    int track = Box.HEADER_BYTES + TRACK_HEADER_BYTES + DECODE_TIME_BYTES + run;
    int moof = Box.HEADER_BYTES + MOVIE_HEADER_BYTES + track;
    int data =
        samples.stream()
            .mapToInt(sample -> sample.bytes().remaining())
            .reduce(Box.HEADER_BYTES, Math::addExact);
    ByteBuffer out = ByteBuffer.allocate(Math.addExact(moof, data));
    header(out, moof, "moof");
    header(out, MOVIE_HEADER_BYTES, "mfhd").putInt(0).putInt((int) sequenceNumber);
    header(out, track, "traf");
    header(out, TRACK_HEADER_BYTES, "tfhd").putInt(DEFAULT_BASE_IS_MOOF).putInt((int) trackId);
    header(out, DECODE_TIME_BYTES, "tfdt").putInt(1 << 24).putLong(baseMediaDecodeTime);
    header(out, run, "trun")
        .putInt(RUN_VERSION_AND_FLAGS)
        .putInt(samples.size())
        .putInt(moof + Box.HEADER_BYTES);
    for (SampleData sample : samples) {
      out.putInt(Math.toIntExact(sample.duration()))
          .putInt(sample.bytes().remaining())
          .putInt(sample.sync() ? SYNC : NO_SYNC)
          .putInt(Math.toIntExact(sample.compositionOffset()));
    }
    header(out, data, "mdat");
    samples.forEach(sample -> out.put(sample.bytes().duplicate()));
    return out.array();
  }

  private static ByteBuffer header(ByteBuffer out, int size, String type) {
    return out.putInt(size).put(type.getBytes(ISO_8859_1));
  }
}
