package dev.tritontube.web.packaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// How fast this process makes what somebody waits for, and which sizes it can therefore promise
/// before they are made. Thread-safe.
///
/// A run takes a time for the program's start, one for each pixel that is decoded, by codec, and
/// one for each pixel that is encoded. What the last runs took, under the load there was, corrects
/// the two.
final class EncodingSpeed {
  /// A size is promised when it is made twice as fast as it is played: dash.js never falls back
  /// from a size that it has chosen.
  static final double AT_ONCE = 2;

  /// It joins as soon as some of it is there when it is made faster than it is played, so that who
  /// watches is not overtaken.
  static final double ONCE_BEGUN = 1.2;

  private static final double NEWEST_WEIGHT = 0.3;
  private static final double SURPRISE = 4;

  /// What a program needs before its first picture.
  private static final double START_SECONDS = 0.15;

  /// What a second of sound costs, in seconds.
  private static final double SOUND = 0.02;

  /// Seconds of one core for a pixel, before anything was measured.
  private static final double ENCODING = 14e-9;

  private static final Map<String, Double> DECODING = Map.of("h264", 4e-9);
  private static final double DECODING_OTHERS = 6e-9;

  /// So much more other codecs take than H.264.
  private static final int SLOWER = 4;

  /// One run keeps fewer cores busy than there are: decoding, scaling and looking ahead wait for
  /// one another. Measured: 1.5 of 2.
  private static final double SHARED_WORK = 0.6;

  private final int cores;

  /// Guarded by this.
  private double encoding = ENCODING;

  /// Guarded by this. By codec.
  private final Map<String, Double> decoding = new HashMap<>(DECODING);

  EncodingSpeed(int cores) {
    this.cores = cores;
  }

  /// @param frames that were made of a size, from the beginning on
  /// @param took from the start of the program
  synchronized void ran(EncodingPlan plan, Rung rung, long frames, Duration took) {
    EncodingPlan.Video video = plan.video();
    if (video == null) {
      return;
    }
    double working = took.toNanos() / 1e9 - START_SECONDS;
    double expected = seconds(video, rung, frames) - START_SECONDS;
    double wrong = Math.clamp(working / expected, 1 / SURPRISE, SURPRISE);
    double correction = Math.pow(wrong, NEWEST_WEIGHT);
    encoding *= correction;
    decoding.merge(codec(video), DECODING_OTHERS, (known, _) -> known * correction);
  }

  /// The representations that can be listed before they are made: all sound in any case, and the
  /// smallest size where there is no copy to play instead.
  Set<String> promised(EncodingPlan plan) {
    Set<String> promised = made(plan, AT_ONCE);
    plan.audios().forEach(audio -> promised.add(audio.id()));
    if (plan.copied().isEmpty()) {
      plan.rungs().stream().limit(1).map(Rung::id).forEach(promised::add);
    }
    return promised;
  }

  /// The sizes that are made so many times as fast as they are played.
  synchronized Set<String> made(EncodingPlan plan, double times) {
    Set<String> made = new HashSet<>();
    EncodingPlan.Video video = plan.video();
    if (video != null) {
      double played = video.gop() / video.rate().approximately();
      for (Rung rung : video.rungs()) {
        if (seconds(video, rung, video.gop()) * times <= played) {
          made.add(rung.id());
        }
      }
    }
    return made;
  }

  /// How long all that is to be encoded should take, were nothing else to be done.
  synchronized Duration expected(EncodingPlan plan) {
    double seconds = plan.encodedAudios().size() * plan.length().approximately() * SOUND;
    EncodingPlan.Video video = plan.video();
    if (video != null && !video.rungs().isEmpty()) {
      long pixels =
          video.rungs().stream().mapToLong(Rung::pixels).sum()
              + SLOWER * video.others().stream().mapToLong(Rung::pixels).sum();
      long decoded = video.source() == null ? pixels : video.source().pixels();
      double decode = decoding.getOrDefault(codec(video), DECODING_OTHERS);
      seconds += video.frames() * (decoded * decode + pixels * encoding) / cores;
    }
    return Duration.ofMillis((long) (seconds * 1000));
  }

  private double seconds(EncodingPlan.Video video, Rung rung, long frames) {
    EncodingPlan.SourcePictures source = video.source();
    long decoded = source == null ? rung.pixels() : source.pixels();
    double decode = decoding.getOrDefault(codec(video), DECODING_OTHERS);
    double busy = Math.pow(cores, SHARED_WORK);
    return START_SECONDS + frames * (decoded * decode + rung.pixels() * encoding) / busy;
  }

  private static String codec(EncodingPlan.Video video) {
    return video.source() == null ? "" : video.source().codec();
  }
}
