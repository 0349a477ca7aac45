package dev.tritontube.manifests;

import dev.tritontube.manifests.presentation.AudioRepresentation;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.Bandwidth;
import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.Period;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.manifests.presentation.TextTrack;
import dev.tritontube.manifests.presentation.TextTrack.Purpose;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.VideoRepresentation;
import dev.tritontube.manifests.presentation.VideoTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/// Presentations to render.
public final class Samples {
  private static final Rational NTSC = new Rational(30_000, 1001);

  private Samples() {}

  /// Five seconds (150 frames at 29.97) in two sizes, with English and German sound.
  public static Presentation film() {
    Timeline pictures = Timeline.uniform(30_000, 60 * 1001, 150 * 1001);
    return Presentation.of(
        pictures.duration(),
        List.of(
            new VideoTrack(
                "video",
                Role.MAIN,
                pictures,
                List.of(
                    picture("720p", "avc1.64001F", 3_000_000, 1280, 720, NTSC),
                    picture("360p", "avc1.64001E", 900_000, 640, 360, NTSC)))),
        List.of(
            sound("audio-de", Role.ALTERNATE, "de", "Regie & \"Ton\"\n<laut>", pictures.duration()),
            sound("audio-en", Role.MAIN, "en", "", pictures.duration())));
  }

  /// Words over any of them, two of one name.
  public static List<TextTrack> words() {
    return List.of(
        new TextTrack("cc1", Purpose.CAPTIONS, "en", "English \"CC\" & more", true, false, 900),
        new TextTrack("sub1", Purpose.SUBTITLES, "de", "Deutsch", false, false, 800),
        new TextTrack("sub2", Purpose.SUBTITLES, "de-AT", "Deutsch", false, true, 1),
        new TextTrack("ad1", Purpose.DESCRIPTIONS, "en", "Described", false, false, 70));
  }

  /// Two seconds of sound.
  public static Presentation song() {
    return Presentation.of(
        Rational.of(2),
        List.of(),
        List.of(sound("audio", Role.MAIN, AudioTrack.UNDETERMINED, "", Rational.of(2))));
  }

  /// Two songs of two seconds, one after the other.
  public static Presentation songs() {
    Period first = song().periods().getFirst();
    AudioTrack track = first.audios().getFirst();
    Timeline times = track.timeline();
    AudioTrack later =
        new AudioTrack(
            track.id(),
            track.role(),
            track.language(),
            track.label(),
            times.from(times.ticks(), times.count()),
            track.representations());
    Period second = new Period("1", first.duration(), List.of(), List.of(later));
    return new Presentation(List.of(first, second));
  }

  /// Three sizes of pictures with two qualities of sound, in two tracks of the same name.
  public static Presentation qualities() {
    Timeline pictures = Timeline.uniform(25, 50, 50);
    List<VideoRepresentation> sizes =
        List.of(
            picture("240p", "avc1.640015", 400_000, 426, 240, Rational.of(25)),
            picture("360p", "avc1.64001E", 900_000, 640, 360, Rational.of(25)),
            picture("720p", "avc1.64001F", 3_000_000, 1280, 720, Rational.of(25)));
    return Presentation.of(
        Rational.of(2),
        List.of(new VideoTrack("video", Role.MAIN, pictures, sizes)),
        List.of(
            surround("front", Role.MAIN, Rational.of(2)),
            surround("back", Role.ALTERNATE, Rational.of(2))));
  }

  private static AudioTrack surround(String id, Role role, Rational duration) {
    AudioTrack stereo = sound(id, role, "en", "", duration);
    return new AudioTrack(
        id,
        role,
        stereo.language(),
        stereo.label(),
        stereo.timeline(),
        List.of(
            stereo.representations().getFirst(),
            new AudioRepresentation(
                id + "-384k", "mp4a.40.2", new Bandwidth(390_000, 384_000), 48_000, 6)));
  }

  /// Two seconds of silent pictures.
  public static Presentation silent() {
    return Presentation.of(
        Rational.of(2),
        List.of(
            new VideoTrack(
                "video",
                Role.MAIN,
                Timeline.uniform(25_000, 50_000, 50_000),
                List.of(picture("240p", "avc1.640015", 400_000, 426, 240, Rational.of(25))))),
        List.of());
  }

  /// Silent pictures of 205 seconds, with an image every other second: on two sheets, of which the
  /// second has three.
  public static Presentation pictured() {
    Timeline pictures = Timeline.uniform(25_000, 50_000, 205 * 25_000);
    return Presentation.of(
            pictures.duration(),
            List.of(
                new VideoTrack(
                    "video",
                    Role.MAIN,
                    pictures,
                    List.of(picture("240p", "avc1.640015", 400_000, 426, 240, Rational.of(25))))),
            List.of())
        .with(new ImageTrack("thumbnails", 160, 90, 10, 10, 2, 103, 8_000));
  }

  /// Any number of tracks, qualities and segments, on a grid or not.
  public static Presentation random(Random random) {
    Timeline pictures = randomTimeline(random);
    List<AudioTrack> audios = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      audios.add(
          sound(
              "audio-" + i,
              i == 1 ? Role.MAIN : Role.ALTERNATE,
              random.nextBoolean() ? "en" : "de",
              randomText(random),
              pictures.duration()));
    }
    List<VideoRepresentation> qualities = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      long peak = 1 + random.nextInt(5_000_000);
      qualities.add(
          picture("v" + i, "avc1.64001F", peak, 2 + 2 * i, 2 + random.nextInt(2000), NTSC));
    }
    return Presentation.of(
        pictures.duration(),
        List.of(new VideoTrack("video", Role.MAIN, pictures, qualities)),
        audios);
  }

  private static Timeline randomTimeline(Random random) {
    long timescale = 1 + random.nextInt(90_000);
    long longest = timescale * (1 + random.nextInt(6)) + 1;
    return random.nextBoolean()
        ? Timeline.uniform(timescale, longest, random.nextLong(longest, 300 * longest))
        : Timeline.of(timescale, random.longs(random.nextInt(1, 300), 1, longest));
  }

  private static String randomText(Random random) {
    return random
        .ints(random.nextInt(8), 0, 0x11000)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static VideoRepresentation picture(
      String id, String codecs, long peak, int width, int height, Rational frameRate) {
    return new VideoRepresentation(
        id, codecs, new Bandwidth(peak, (peak + 1) / 2), width, height, frameRate);
  }

  /// Sound on the grid of 1,024 samples that just covers `duration`, in segments of 94 frames.
  private static AudioTrack sound(
      String id, Role role, String language, String label, Rational duration) {
    long frames = (duration.timesCeiling(48_000) + 1023) / 1024;
    return new AudioTrack(
        id,
        role,
        language,
        label,
        Timeline.of(48_000, segments(frames)),
        List.of(
            new AudioRepresentation(
                id + "-128k", "mp4a.40.2", new Bandwidth(131_000, 128_000), 48_000, 2)));
  }

  private static LongStream segments(long frames) {
    return LongStream.iterate(frames, left -> left > 0, left -> left - 94)
        .map(left -> Math.min(94, left) * 1024);
  }
}
