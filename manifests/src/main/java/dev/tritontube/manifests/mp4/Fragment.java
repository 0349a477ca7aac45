package dev.tritontube.manifests.mp4;

import java.nio.ByteBuffer;
import java.util.List;

/// One `moof` with its `mdat`, of one track.
///
/// @param sequenceNumber of the `moof`
/// @param baseMediaDecodeTime when its first sample is decoded, in ticks of the track
/// @param samples in decoding order, at least one
public record Fragment(
    long sequenceNumber, long trackId, long baseMediaDecodeTime, List<Sample> samples) {
  private static final int MAX_HEAD_BYTES = 16 << 20;

  public Fragment {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a fragment needs a sample");
    }
  }

  /// Reads the whole of `bytes`, from its position to its limit; neither moves.
  public static Fragment parse(ByteBuffer bytes, InitSegment init) throws MalformedMp4Exception {
    Box.required(Box.list(bytes), "mdat");
    return new FragmentReader(bytes.slice(), bytes.remaining(), init).read();
  }

  /// Reads what precedes the samples of a fragment.
  ///
  /// @param head up to the end of its `moof` at least, from position to limit; neither moves
  /// @param length of the whole fragment in bytes
  public static Fragment parseHead(ByteBuffer head, long length, InitSegment init)
      throws MalformedMp4Exception {
    ByteBuffer boxes = head.slice(head.position(), headBytes(head));
    return new FragmentReader(boxes, length, init).read();
  }

  /// How many bytes there are up to the end of the `moof`, which may be more than are given.
  ///
  /// @param begin of a fragment, from position to limit; neither moves
  /// @throws MalformedMp4Exception if the headers of its boxes up to there are not all in it
  public static int headBytes(ByteBuffer begin) throws MalformedMp4Exception {
    ByteBuffer bytes = begin.slice();
    long end = 0;
    String type = "";
    while (!type.equals("moof")) {
      if (end + Box.HEADER_BYTES > bytes.limit()) {
        throw new MalformedMp4Exception("no moof at the beginning of a fragment");
      }
      type = Box.type(bytes.getInt((int) end + 4));
      end += Math.max(Box.HEADER_BYTES, bytes.getInt((int) end) & 0xffff_ffffL);
    }
    if (end > MAX_HEAD_BYTES) {
      throw new MalformedMp4Exception("a moof of " + end + " bytes");
    }
    return (int) end;
  }

  /// Writes another sequence number and decode time into a fragment.
  ///
  /// @throws MalformedMp4Exception if its field for the decode time is too short for it
  public static void retime(ByteBuffer bytes, long sequenceNumber, long baseMediaDecodeTime)
      throws MalformedMp4Exception {
    Box moof = Box.required(Box.list(bytes), "moof");
    moof.child("mfhd").fields().skip(4).rest(4).putInt((int) sequenceNumber);
    for (Box box : moof.children()) {
      if (box.type().equals("traf")) {
        DecodeTime.write(box.child("tfdt").fields(), baseMediaDecodeTime);
      }
    }
  }

  /// In ticks, of all samples.
  public long duration() {
    return samples.stream().mapToLong(Sample::duration).sum();
  }

  /// Whether decoding can begin with this fragment.
  public boolean startsWithSync() {
    return samples.getFirst().sync();
  }

  public long firstCompositionOffset() {
    return samples.getFirst().compositionOffset();
  }

  /// When the first of its samples is shown, in ticks from [#baseMediaDecodeTime]: 0 in a fragment
  /// whose pictures are where they belong.
  public long earliestPresentation() {
    long earliest = Long.MAX_VALUE;
    long decode = 0;
    for (Sample sample : samples) {
      earliest = Math.min(earliest, decode + sample.compositionOffset());
      decode += sample.duration();
    }
    return earliest;
  }
}
