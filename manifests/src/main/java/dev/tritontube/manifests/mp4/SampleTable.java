package dev.tritontube.manifests.mp4;

import java.util.BitSet;

/// The samples of a track in decoding order: where each is in the file and what the tables say of
/// it. Immutable, from 0 to [#count].
public final class SampleTable {
  /// 24 hours at 60 frames a second.
  public static final int MAX_SAMPLES = 24 * 3600 * 60;

  private final long[] offsets;
  private final int[] sizes;
  private final int[] durations;
  private final int[] compositionOffsets;
  private final BitSet syncs;

  private SampleTable(int count) {
    offsets = new long[count];
    sizes = new int[count];
    durations = new int[count];
    compositionOffsets = new int[count];
    syncs = new BitSet(count);
  }

  static SampleTable read(Box table, long samples) throws MalformedMp4Exception {
    checkCount(samples);
    SampleTable unpacked = new SampleTable((int) samples);
    unpacked.fill(new SamplePlaces(table), new SampleTimes(table));
    return unpacked;
  }

  static void checkCount(long samples) throws MalformedMp4Exception {
    if (samples > MAX_SAMPLES) {
      throw new MalformedMp4Exception("a track of " + samples + " samples");
    }
  }

  private void fill(SamplePlaces place, SampleTimes time) throws MalformedMp4Exception {
    for (int i = 0; i < offsets.length; i++) {
      place.next();
      time.next();
      if (time.duration() > Integer.MAX_VALUE) {
        throw new MalformedMp4Exception("a sample that lasts " + time.duration() + " ticks");
      }
      offsets[i] = place.offset();
      sizes[i] = place.size();
      durations[i] = (int) time.duration();
      compositionOffsets[i] = (int) (time.composition() - time.decode());
      syncs.set(i, time.sync());
    }
  }

  public int count() {
    return offsets.length;
  }

  /// Its first byte in the file.
  public long offset(int sample) {
    return offsets[sample];
  }

  /// In bytes.
  public int size(int sample) {
    return sizes[sample];
  }

  /// Ticks until the next sample is decoded.
  public int duration(int sample) {
    return durations[sample];
  }

  /// Ticks from decoding it to showing it.
  public int compositionOffset(int sample) {
    return compositionOffsets[sample];
  }

  /// Whether decoding can begin with it.
  public boolean sync(int sample) {
    return syncs.get(sample);
  }
}
