package dev.tritontube.web.packaging;

import dev.tritontube.manifests.mp4.AacTrack;
import dev.tritontube.manifests.mp4.Remux;
import dev.tritontube.manifests.presentation.Bandwidth;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides how a source is encoded. A function of what the probe found.
///
/// @param remux whether pictures that can be played as they are stand for the largest size
/// @param profiles what there is to encode by
record Planner(boolean remux, Profiles profiles) {
  private static final double SEGMENT_SECONDS = 2;

  /// Sound that goes on for longer than this after the last picture keeps that picture on the
  /// screen; where the file was cut off, all that is left does.
  private static final double TAIL_SECONDS = 2;

  private static final double PRIMING_SECONDS = 0.1;
  private static final double REORDERED_FRAMES = 2.5;

  /// In frames.
  private static final double CLOCK_ERROR = 0.05;

  /// So many times the rate at which we would encode the size is too much for people's lines.
  private static final int COPIED_RATE = 3;

  private static final int COPIED_PEAK = 6;

  /// A segment is put together in memory.
  private static final long COPIED_SEGMENT_BYTES = 16 << 20;

  /// In samples: 5 ms.
  private static final int COPIED_SOUND_ERROR = 240;

  /// What is smaller on the short side gains nothing by other codecs, whose encoders do not take
  /// all sizes.
  private static final int SMALLEST_OTHER = 144;

  private static final long COPIED_SOUND_RATE = 400_000;

  /// @param name of a profile; of one that is not there any more, the standard one stands in
  EncodingPlan plan(SourceMedia media, String name) {
    Profile profile = profiles.named(name);
    SourceMedia.Video video = media.video();
    return video == null ? sound(media, profile) : pictures(media, video, profile);
  }

  private boolean copies(Profile profile) {
    return remux && profile.copies();
  }

  private EncodingPlan sound(SourceMedia media, Profile profile) {
    double zero =
        media.audios().stream().mapToDouble(SourceMedia.Audio::startSeconds).min().orElseThrow();
    long samples = Math.max(1, Math.round((audioEnd(media) - zero) * EncodingPlan.AUDIO_RATE));
    return new EncodingPlan(
        media.container(),
        zero,
        new Rational(samples, EncodingPlan.AUDIO_RATE),
        null,
        audios(media, zero, new Rational(samples, EncodingPlan.AUDIO_RATE), copies(profile)),
        media.coverStream(),
        media.predicted(),
        media.wholeSeconds(),
        profile.name(),
        profile.soundBitsPerSecond());
  }

  /// How many frames long the sound is alone at the beginning. Little is not counted: it is the
  /// encoder's priming, or the delay of reordered pictures, where the container cannot say so.
  private static long lead(double seconds, double perSecond) {
    boolean late = seconds > Math.max(PRIMING_SECONDS, REORDERED_FRAMES / perSecond);
    return late ? (long) Math.floor(seconds * perSecond + CLOCK_ERROR) : 0;
  }

  /// The first frame stays exactly on the grid. Sound that starts earlier gets its first frames
  /// from copies of it.
  private EncodingPlan pictures(SourceMedia media, SourceMedia.Video video, Profile profile) {
    Rational rate = video.timing().rate();
    double perSecond = rate.approximately();
    double start = video.timing().startSeconds();
    double audioStart =
        media.audios().stream().mapToDouble(SourceMedia.Audio::startSeconds).min().orElse(start);
    long lead = lead(start - audioStart, perSecond);
    double zero = start - lead / perSecond;
    long pictures = lead + video.timing().frames();
    long frames = pictures;
    double tail = audioEnd(media) - zero - frames / perSecond;
    if (tail > (media.wholeSeconds() == null ? TAIL_SECONDS : 0)) {
      frames += (long) Math.ceil(tail * perSecond);
    }
    Rational length = new Rational(frames * rate.denominator(), rate.numerator());
    return new EncodingPlan(
        media.container(),
        zero,
        length,
        rungs(video, frames, pictures, profile),
        audios(media, zero, length, copies(profile)),
        media.coverStream(),
        media.predicted(),
        media.wholeSeconds(),
        profile.name(),
        profile.soundBitsPerSecond());
  }

  private EncodingPlan.Video rungs(
      SourceMedia.Video video, long frames, long pictures, Profile profile) {
    Rational rate = video.timing().rate();
    Optional<EncodingPlan.Copy> copy = copies(profile) ? copy(video, frames) : Optional.empty();
    Ladder ladder = new Ladder(profile);
    int gop = (int) Math.max(1, Math.round(SEGMENT_SECONDS * rate.approximately()));
    return new EncodingPlan.Video(
        video.stream(),
        rate,
        frames,
        pictures,
        gop,
        video.colour(),
        video.interlaced(),
        copy.map(source -> ladder.below(video, source)).orElseGet(() -> ladder.of(video)),
        new EncodingPlan.SourcePictures(video.codec(), video.pixels()),
        copy.orElse(null),
        others(video, profile),
        List.of());
  }

  /// The sizes in the codecs that the profile asks for beside H.264.
  private static List<Rung> others(SourceMedia.Video video, Profile profile) {
    return profile.codecs().keySet().stream()
        .filter(codec -> codec != Codec.H264)
        .flatMap(codec -> new Ladder(profile).in(codec, video).stream())
        .filter(rung -> Math.min(rung.width(), rung.height()) >= SMALLEST_OTHER)
        .toList();
  }

  /// The pictures as they are, if there are as many as the presentation has, at a rate that
  /// people's lines take.
  private static Optional<EncodingPlan.Copy> copy(SourceMedia.Video video, long frames) {
    Remux source = video.remux();
    FrameClock clock = FrameClock.of(video.timing().rate());
    if (source == null || source.timeline().ticks() != frames * clock.frameTicks()) {
      return Optional.empty();
    }
    Bandwidth bandwidth = source.bandwidth();
    long cap = new Ladder(Profiles.usual().standard()).cap(video);
    double longest = (double) source.timeline().longest() / clock.timescale();
    boolean streamable =
        bandwidth.average() <= COPIED_RATE * cap
            && bandwidth.peak() <= COPIED_PEAK * cap
            && bandwidth.peak() * longest / Byte.SIZE <= COPIED_SEGMENT_BYTES;
    return streamable
        ? Optional.of(
            new EncodingPlan.Copy(
                source.track(),
                source.codecs(),
                source.width(),
                source.height(),
                bandwidth,
                source.timeline()))
        : Optional.empty();
  }

  private static double audioEnd(SourceMedia media) {
    return media.audios().stream()
        .mapToDouble(SourceMedia.Audio::endSeconds)
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static List<EncodingPlan.Audio> audios(
      SourceMedia media, double zero, Rational length, boolean copies) {
    Timeline timeline = EncodingPlan.audioTimeline(length);
    List<EncodingPlan.Audio> audios = new ArrayList<>();
    for (SourceMedia.Audio audio : media.audios()) {
      Optional<EncodingPlan.SoundCopy> copy =
          copies ? copy(audio, zero, timeline) : Optional.empty();
      String id = EncodingPlan.Audio.id(audios.size(), copy.isPresent());
      audios.add(
          new EncodingPlan.Audio(
              id, audio.stream(), audio.language(), audio.label(), copy.orElse(null)));
    }
    return audios;
  }

  /// The sound as it is, if it is there from the first frame of the presentation to its last, on
  /// the presentation's grid but for an error that nobody hears.
  private static Optional<EncodingPlan.SoundCopy> copy(
      SourceMedia.Audio audio, double zero, Timeline timeline) {
    AacTrack track = audio.frames();
    if (track == null) {
      return Optional.empty();
    }
    double first = (zero * EncodingPlan.AUDIO_RATE - track.start()) / EncodingPlan.AUDIO_FRAME;
    long frame = Math.round(first);
    long frames = Math.ceilDiv(timeline.ticks(), (long) EncodingPlan.AUDIO_FRAME);
    boolean fits =
        frame >= 0
            && frame + frames <= track.count()
            && Math.abs(first - frame) * EncodingPlan.AUDIO_FRAME <= COPIED_SOUND_ERROR;
    if (!fits) {
      return Optional.empty();
    }
    Bandwidth bandwidth = Bandwidth.of(timeline, segment -> track.length(segment, (int) frame));
    return bandwidth.average() > COPIED_SOUND_RATE
        ? Optional.empty()
        : Optional.of(
            new EncodingPlan.SoundCopy(track.id(), (int) frame, track.channels(), bandwidth));
  }
}
