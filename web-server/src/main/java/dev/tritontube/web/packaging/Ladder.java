package dev.tritontube.web.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Which sizes a source is encoded in and how: those of the profile on the short side, never larger
/// than the source.
///
/// What its own encoder needed tells how complex the source is ([Effort]). Where little changes
/// from frame to frame, a higher rate factor looks the same; a rate that its most complex pictures
/// do not need is not allowed for; and below a size that every line takes, no smaller one is made.
///
/// @param profile bounds sizes and rates
record Ladder(Profile profile) {
  private static final double WORTHWHILE = 0.8;
  private static final int SMALLEST = 16;
  private static final int LONGEST = 8192;
  private static final double FAST = 30.5;

  /// Rate against size: four times the pixels need less than four times the bits.
  private static final double BITS_EXPONENT = 0.75;

  private static final double FULL_HD = 1920.0 * 1080;
  private static final long SMALLEST_CAP = 100_000;

  /// So many times the rate that the source's pictures needed may ours need.
  private static final double ROOM = 2;

  /// What others need no more than half of the bits for that H.264 needs.
  private static final Set<String> DENSE = Set.of("hevc", "av1", "vp9");

  /// A size that needs no more than this for its most complex pictures is light enough for every
  /// line, if it has no more pixels than every device decodes.
  private static final double LIGHT_BITS = 300_000;

  /// Motion below which a higher rate factor takes less than 0.5 % off SSIM.
  private static final double LITTLE_MOTION = 0.3;

  private static final int RELIEF = 3;

  private static final int LIGHT_SIDE = 1080;
  private static final double GOP_SECONDS = 2;

  /// The smallest first.
  ///
  /// @param video as shown
  List<Rung> of(SourceMedia.Video video) {
    return in(Codec.H264, video);
  }

  /// The same in any codec of the profile, also where there is a copy.
  List<Rung> in(Codec codec, SourceMedia.Video video) {
    return of(codec, video, Double.POSITIVE_INFINITY, Long.MAX_VALUE);
  }

  /// Those below the source's own pictures.
  List<Rung> below(SourceMedia.Video video, EncodingPlan.Copy copy) {
    return of(Codec.H264, video, copy.bandwidth().average(), (long) copy.width() * copy.height());
  }

  /// At which rate pictures of the source's size would be encoded.
  long cap(SourceMedia.Video video) {
    return cap(video.pixels(), video.timing().rate().approximately());
  }

  private List<Rung> of(Codec codec, SourceMedia.Video video, double bitsAbove, long pixelsAbove) {
    List<Rung> rungs = new ArrayList<>();
    double above = bitsAbove;
    int largest = Math.min(profile.largestSide(), Math.min(video.width(), video.height()));
    boolean light = pixelsAbove <= video.pixels() && isLight(video, video.width(), video.height());
    for (int side : sides(largest).reversed()) {
      Rung rung = rung(codec, video, side);
      double bits = expected(video, rung);
      if (!light && bits <= WORTHWHILE * above && rung.pixels() < pixelsAbove) {
        rungs.addFirst(rung);
        above = bits;
        light = isLight(video, rung.width(), rung.height());
      }
    }
    return rungs;
  }

  private List<Integer> sides(int largest) {
    List<Integer> sides = profile.sizes().stream().filter(side -> side <= largest).toList();
    return sides.isEmpty() ? List.of(largest) : sides;
  }

  private Rung rung(Codec codec, SourceMedia.Video video, int side) {
    double scale = (double) side / Math.min(video.width(), video.height());
    int width = even(video.width() * scale);
    int height = even(video.height() * scale);
    double rate = video.timing().rate().approximately();
    long cap = Math.round(codec.bits() * contentCap(video, (long) width * height));
    return new Rung(
        codec.id(Math.min(width, height) + "p"),
        width,
        height,
        cap,
        codec.level(width, height, rate, cap),
        codec,
        tuning(codec, video));
  }

  private Tuning tuning(Codec codec, SourceMedia.Video video) {
    Tuning tuning = Objects.requireNonNull(profile.codecs().get(codec));
    return effort(video)
        .map(effort -> tuning.withCrf(Math.min(tuning.crf() + relief(effort), codec.worst())))
        .orElse(tuning);
  }

  /// How much higher the rate factor may be without being seen.
  private static int relief(Effort effort) {
    return effort.motion() < LITTLE_MOTION ? RELIEF : 0;
  }

  private Optional<Effort> effort(SourceMedia.Video video) {
    return profile.byContent() ? Optional.ofNullable(video.effort()) : Optional.empty();
  }

  private boolean isLight(SourceMedia.Video video, int width, int height) {
    return Math.min(width, height) <= LIGHT_SIDE
        && effort(video)
            .filter(effort -> needed(video, effort, (long) width * height) <= LIGHT_BITS)
            .isPresent();
  }

  /// The rate of the most complex pictures at another size.
  private static double needed(SourceMedia.Video video, Effort effort, long pixels) {
    double rate = video.timing().rate().approximately();
    int gop = (int) Math.max(1, Math.round(GOP_SECONDS * rate));
    double share = Math.min(1, (double) pixels / video.pixels());
    double dense = DENSE.contains(video.codec()) ? 2 : 1;
    return dense * effort.peakBitsPerSecond(rate, gop) * Math.pow(share, BITS_EXPONENT);
  }

  private long contentCap(SourceMedia.Video video, long pixels) {
    long cap = cap(pixels, video.timing().rate().approximately());
    return effort(video)
        .map(effort -> Math.round(ROOM * needed(video, effort, pixels)))
        .map(bits -> Math.clamp(bits, SMALLEST_CAP, cap))
        .orElse(cap);
  }

  /// Rounded to even, and to what decoders take.
  private static int even(double size) {
    return (int) Math.clamp(Math.round(size / 2) * 2, SMALLEST, LONGEST);
  }

  private long cap(long pixels, double rate) {
    double bits = profile.fullHdBitsPerSecond() * Math.pow(pixels / FULL_HD, BITS_EXPONENT);
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
