package dev.tritontube.manifests.mp4;

import java.util.Arrays;
import java.util.BitSet;

/// In which order the samples of a constant frame rate are shown: each has one of the places 0 to n
/// -
///   1.

/// Files round times to their own ticks, and clocks of cameras waver, so a frame may be up to a
/// quarter of its length off its place: an encoder at that rate would put it there as well.
final class FrameOrder {
  private static final double TOLERANCE = 0.25;

  private final SampleTable samples;
  private final int[] places;
  private boolean regular = true;
  private boolean firstShownFirst = true;

  /// @param samples at least one
  /// @param period length of a frame in ticks of the track
  FrameOrder(SampleTable samples, double period) {
    this.samples = samples;
    this.places = new int[samples.count()];
    BitSet taken = new BitSet(places.length);
    long decode = -samples.compositionOffset(0);
    for (int i = 0; i < places.length && regular; i++) {
      long time = decode + samples.compositionOffset(i);
      long place = Math.round(time / period);
      firstShownFirst = time >= 0;
      regular =
          place >= 0
              && place < places.length
              && !taken.get((int) place)
              && Math.abs(time - place * period) <= TOLERANCE * period;
      if (regular) {
        taken.set((int) place);
        places[i] = (int) place;
        decode += samples.duration(i);
      }
    }
  }

  boolean firstShownFirst() {
    return firstShownFirst;
  }

  /// Whether each frame has a place of its own, without gaps.
  boolean regular() {
    return regular;
  }

  /// How many places later than it is decoded a sample is shown.
  int shift(int sample) {
    return places[sample] - sample;
  }

  /// The samples with which decoding can begin, and before which all that was decoded has been
  /// shown: a segment that begins there needs nothing of the one before.
  int[] starts() {
    int[] starts = new int[places.length];
    int count = 0;
    int latest = -1;
    for (int i = 0; i < places.length; i++) {
      if (samples.sync(i) && places[i] == i && latest == i - 1) {
        starts[count++] = i;
      }
      latest = Math.max(latest, places[i]);
    }
    return Arrays.copyOf(starts, count);
  }
}
