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
  public Fragment {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a fragment needs a sample");
    }
  }

  /// Reads the whole of `bytes`, from its position to its limit; neither moves.
  public static Fragment parse(ByteBuffer bytes, InitSegment init) throws MalformedMp4Exception {
    return new FragmentReader(bytes.slice(), init).read();
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
