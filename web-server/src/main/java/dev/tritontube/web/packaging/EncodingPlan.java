package dev.tritontube.web.packaging;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.tritontube.manifests.mp4.AacSegments;
import dev.tritontube.manifests.presentation.Bandwidth;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.Timeline;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything about an encoding that is decided before the first frame is decoded: every
/// representation, and the start, length and number of every segment. Two workers that follow one
/// plan make segments that fit together.
///
/// @param container how the original is opened
/// @param zeroSeconds the time on the source's clock at which the presentation begins
/// @param length of the presentation, in seconds; with pictures a whole number of frames
/// @param video null for sound only
/// @param coverStream a still picture in the file, for the poster; null when there is none
/// @param predicted whether the length is what the file claims, and may turn out to be less
/// @param wholeSeconds how long the source was before it was cut off; null when it was not
/// @param profile by which it was made
/// @param soundBitsPerSecond of what is encoded; not named in plans of old
record EncodingPlan(
    Container container,
    double zeroSeconds,
    Rational length,
    @Nullable Video video,
    List<Audio> audios,
    @Nullable Integer coverStream,
    boolean predicted,
    @Nullable Double wholeSeconds,
    String profile,
    int soundBitsPerSecond) {
  static final int AUDIO_RATE = AacSegments.RATE;
  static final int AUDIO_CHANNELS = 2;
  static final int AUDIO_FRAME = AacSegments.FRAME;

  /// 94 frames of 1,024 samples are 2.005 s.
  static final int AUDIO_FRAMES_PER_SEGMENT = 94;

  static final int AUDIO_BITS_PER_SECOND = 128_000;

  EncodingPlan {
    audios = List.copyOf(audios);
    profile = Objects.requireNonNullElse(profile, Profiles.STANDARD).toLowerCase(Locale.ROOT);
    soundBitsPerSecond = soundBitsPerSecond == 0 ? AUDIO_BITS_PER_SECOND : soundBitsPerSecond;
    if (video == null && audios.isEmpty()) {
      throw new IllegalArgumentException("a plan needs pictures or sound");
    }
  }

  /// Pictures.
  ///
  /// @param frames how many the output has
  /// @param pictures how many of those there are up to the source's last; it stands still for the
  ///   rest
  /// @param gop frames from key frame to key frame; a segment has as many, if there is no copy
  /// @param rungs in H.264, the smallest first; may be none beside a copy
  /// @param source what is decoded for it; null in plans of old
  /// @param copy the source's own pictures as a representation, whose segments then are
  ///   everybody's; null when they are not fit to be played
  /// @param others sizes in other codecs, made when all else is; none in plans of old
  /// @param leftOut sizes in other codecs that turned out not to be makeable; none in plans of old
  record Video(
      int stream,
      Rational rate,
      long frames,
      long pictures,
      int gop,
      SourceMedia.Colour colour,
      boolean interlaced,
      List<Rung> rungs,
      @Nullable SourcePictures source,
      @Nullable Copy copy,
      List<Rung> others,
      List<String> leftOut) {
    Video {
      rungs = List.copyOf(rungs);
      others = List.copyOf(Objects.requireNonNullElse(others, List.of()));
      leftOut = List.copyOf(Objects.requireNonNullElse(leftOut, List.of()));
      if ((rungs.isEmpty() && copy == null) || gop < 1 || frames < 1) {
        throw new IllegalArgumentException("a video plan needs rungs, frames and a GOP");
      }
    }

    private Video without(String representation) {
      return new Video(
          stream,
          rate,
          frames,
          pictures,
          gop,
          colour,
          interlaced,
          rungs,
          source,
          copy,
          others.stream().filter(rung -> !rung.id().equals(representation)).toList(),
          Stream.concat(leftOut.stream(), Stream.of(representation)).toList());
    }

    @JsonIgnore
    long timescale() {
      return FrameClock.of(rate).timescale();
    }

    @JsonIgnore
    long frameTicks() {
      return FrameClock.of(rate).frameTicks();
    }

    @JsonIgnore
    Timeline timeline() {
      return copy == null
          ? Timeline.uniform(timescale(), gop * frameTicks(), frames * frameTicks())
          : copy.timeline();
    }
  }

  /// @param codec as ffmpeg names it
  /// @param pixels of a picture
  record SourcePictures(String codec, long pixels) {}

  /// The source's pictures as they are: nothing is encoded or stored for them, their segments are
  /// cut from the original when somebody asks for them.
  ///
  /// @param track id in the file
  /// @param timeline begins its segments at the source's key frames
  record Copy(
      long track, String codecs, int width, int height, Bandwidth bandwidth, Timeline timeline) {
    /// Of the representation.
    static final String ID = "source";
  }

  /// Whether a representation is cut from the original, as all whose names say so.
  static boolean isCopied(String representation) {
    return representation.startsWith(Copy.ID);
  }

  /// Sound in one language.
  ///
  /// @param id of the representation
  /// @param label what the file calls it; empty when it does not say, as in plans of old
  /// @param copy the source's own frames, when they are fit to be played; else null
  record Audio(String id, int stream, String language, String label, @Nullable SoundCopy copy) {
    private static final String ID = "audio";

    Audio {
      label = Objects.requireNonNullElse(label, "");
    }

    /// @param index from 0
    static String id(int index, boolean copied) {
      String id = copied ? Copy.ID + "-" + ID : ID;
      return index == 0 ? id : id + "-" + (index + 1);
    }

    static boolean isId(String representation) {
      String id =
          representation.startsWith(Copy.ID + "-")
              ? representation.substring(Copy.ID.length() + 1)
              : representation;
      return id.equals(ID) || id.startsWith(ID + "-");
    }
  }

  /// The source's sound as it is.
  ///
  /// @param track id in the file
  /// @param firstFrame with which the presentation begins
  record SoundCopy(long track, int firstFrame, int channels, Bandwidth bandwidth) {}

  /// The sound ends with the presentation, to the sample: of the last frame only the beginning
  /// counts. Were it longer, dash.js, which looks at the clock every 200 ms, would now and then see
  /// the end of the period pass before the browser does, and stop half a second short of it.
  @JsonIgnore
  Timeline audioTimeline() {
    return audioTimeline(length);
  }

  static Timeline audioTimeline(Rational length) {
    return Timeline.uniform(
        AUDIO_RATE,
        (long) AUDIO_FRAMES_PER_SEGMENT * AUDIO_FRAME,
        Math.max(1, length.timesFloor(AUDIO_RATE)));
  }

  @JsonIgnore
  List<Rung> rungs() {
    return video == null ? List.of() : video.rungs();
  }

  /// Sizes in other codecs than H.264.
  @JsonIgnore
  List<Rung> others() {
    return video == null ? List.of() : video.others();
  }

  /// The source's own pictures as a representation; empty when all are encoded.
  Optional<Copy> copied() {
    return Optional.ofNullable(video).map(Video::copy);
  }

  /// Every representation that is to be made: rungs, then sound, then what is made last.
  @JsonIgnore
  List<String> ids() {
    return Stream.concat(first().stream(), others().stream().map(Rung::id)).toList();
  }

  /// Every representation that is to be made before those in other codecs, rungs first.
  List<String> first() {
    return Stream.concat(rungs().stream().map(Rung::id), encodedAudios().stream().map(Audio::id))
        .toList();
  }

  /// Sizes in other codecs that turned out not to be makeable.
  @JsonIgnore
  List<String> leftOut() {
    return video == null ? List.of() : video.leftOut();
  }

  /// The same but for one of the sizes in other codecs.
  EncodingPlan without(String representation) {
    if (!isLast(representation)) {
      throw new IllegalArgumentException(representation + " cannot be left out");
    }
    return new EncodingPlan(
        container,
        zeroSeconds,
        length,
        Objects.requireNonNull(video).without(representation),
        audios,
        coverStream,
        predicted,
        wholeSeconds,
        profile,
        soundBitsPerSecond);
  }

  /// Whether a representation is one of those that are made last.
  boolean isLast(String representation) {
    return others().stream().anyMatch(rung -> rung.id().equals(representation));
  }

  /// Sound that is to be made.
  List<Audio> encodedAudios() {
    return audios.stream().filter(audio -> audio.copy() == null).toList();
  }

  Optional<Rung> rung(String representation) {
    return Stream.concat(rungs().stream(), others().stream())
        .filter(rung -> rung.id().equals(representation))
        .findFirst();
  }

  Optional<Audio> audio(String representation) {
    return audios.stream().filter(audio -> audio.id().equals(representation)).findFirst();
  }

  /// The timeline of a representation.
  ///
  /// @throws java.util.NoSuchElementException when there is none of this name
  Timeline timeline(String representation) {
    if (video != null
        && (rung(representation).isPresent() || video.leftOut.contains(representation))) {
      return video.timeline();
    }
    return audio(representation).map(_ -> audioTimeline()).orElseThrow();
  }

  /// How a size is encoded, the same in all its segments. In plans of old the profile alone says
  /// it, and that was one of the usual ones.
  Tuning tuning(Rung rung) {
    return rung.tuning() == null ? Profiles.usual().named(profile).h264() : rung.tuning();
  }

  /// How many pictures a span of rungs has.
  long frames(Span span) {
    Video pictures = java.util.Objects.requireNonNull(video);
    Timeline timeline = pictures.timeline();
    Segment last = timeline.segment(span.end() - 1);
    long ticks = last.start() + last.duration() - timeline.segment(span.first()).start();
    return ticks / pictures.frameTicks();
  }

  /// When a segment begins, in seconds of the presentation.
  double startSeconds(String representation, long number) {
    Timeline timeline = timeline(representation);
    return (double) timeline.segment(number).start() / timeline.timescale();
  }
}
