package dev.tritontube.web.packaging;

import java.util.ArrayList;
import java.util.List;

/// Which sizes a source is encoded in: the usual ones on the short side, never larger than the
/// source.
///
/// @param profile bounds sizes and rates
record Ladder(Profile profile) {
  private static final int[] SHORT_SIDES = {240, 360, 480, 720, 1080, 1440, 2160};
  private static final double WORTHWHILE = 0.8;
  private static final int SMALLEST = 16;
  private static final int LONGEST = 8192;
  private static final double FAST = 30.5;

  /// Rate against size: four times the pixels need less than four times the bits.
  private static final double BITS_EXPONENT = 0.75;

  private static final double BITS_AT_FULL_HD = 5_500_000;
  private static final double FULL_HD = 1920.0 * 1080;
  private static final long SMALLEST_CAP = 100_000;

  /// The smallest first.
  ///
  /// @param video as shown
  List<Rung> of(SourceMedia.Video video) {
    return of(video, Double.POSITIVE_INFINITY, Long.MAX_VALUE);
  }

  /// Those below the source's own pictures.
  List<Rung> below(SourceMedia.Video video, EncodingPlan.Copy copy) {
    return of(video, copy.bandwidth().average(), (long) copy.width() * copy.height());
  }

  /// At which rate pictures of the source's size would be encoded.
  long cap(SourceMedia.Video video) {
    return cap(video.pixels(), video.timing().rate().approximately());
  }

  private List<Rung> of(SourceMedia.Video video, double bitsAbove, long pixelsAbove) {
    List<Rung> rungs = new ArrayList<>();
    double above = bitsAbove;
    int largest = Math.min(profile.largestSide(), Math.min(video.width(), video.height()));
    for (int side : sides(largest).reversed()) {
      Rung rung = rung(video, side);
      double bits = expected(video, rung);
      if (bits <= WORTHWHILE * above && rung.pixels() < pixelsAbove) {
        rungs.addFirst(rung);
        above = bits;
      }
    }
    return rungs;
  }

  private static List<Integer> sides(int largest) {
    List<Integer> sides = new ArrayList<>();
    for (int side : SHORT_SIDES) {
      if (side <= largest) {
        sides.add(side);
      }
    }
    return sides.isEmpty() ? List.of(largest) : sides;
  }

  private Rung rung(SourceMedia.Video video, int side) {
    double scale = (double) side / Math.min(video.width(), video.height());
    int width = even(video.width() * scale);
    int height = even(video.height() * scale);
    double rate = video.timing().rate().approximately();
    long cap = cap((long) width * height, rate);
    return new Rung(
        Math.min(width, height) + "p", width, height, cap, Level.of(width, height, rate, cap));
  }

  /// Rounded to even, and to what decoders take.
  private static int even(double size) {
    return (int) Math.clamp(Math.round(size / 2) * 2, SMALLEST, LONGEST);
  }

  private long cap(long pixels, double rate) {
    double bits = profile.rate() * BITS_AT_FULL_HD * Math.pow(pixels / FULL_HD, BITS_EXPONENT);
    return Math.max(SMALLEST_CAP, Math.round(rate > FAST ? bits * 1.5 : bits));
  }

  /// No more than the cap, nor than the source has for as many pixels.
  private static double expected(SourceMedia.Video video, Rung rung) {
    if (video.bitRate() <= 0) {
      return rung.capBitsPerSecond();
    }
    double share = Math.min(1, (double) rung.pixels() / video.pixels());
    return Math.min(rung.capBitsPerSecond(), video.bitRate() * Math.pow(share, BITS_EXPONENT));
  }
}
