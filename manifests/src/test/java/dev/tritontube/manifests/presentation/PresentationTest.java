package dev.tritontube.manifests.presentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PresentationTest {
  private static final Timeline TWO_SEGMENTS = Timeline.uniform(30, 60, 120);

  @Test
  void ordersRepresentationsByBandwidth() {
    VideoTrack track = video(TWO_SEGMENTS, picture("high", 900), picture("low", 100));

    assertEquals(
        List.of("low", "high"), track.representations().stream().map(Representation::id).toList());
  }

  @Test
  void keepsOnlyWhatIsWanted() {
    Presentation all =
        Presentation.of(
            Rational.of(4),
            List.of(video(TWO_SEGMENTS, picture("low", 1), picture("high", 2))),
            List.of(sound("en", Role.MAIN)));

    Presentation kept = all.keeping(quality -> quality.id().equals("low"));

    assertEquals(1, kept.periods().getFirst().videos().getFirst().representations().size());
    assertTrue(kept.periods().getFirst().audios().isEmpty());
    assertTrue(kept.representation("high").isEmpty());
    assertThrows(IllegalArgumentException.class, () -> all.keeping(quality -> false));
  }

  @Test
  void refusesTracksThatDoNotFitTheirPeriod() {
    List<VideoTrack> videos = List.of(video(TWO_SEGMENTS, picture("low", 1)));

    assertThrows(
        IllegalArgumentException.class,
        () -> Presentation.of(Rational.of(5), videos, List.of()),
        "too short");
    assertThrows(
        IllegalArgumentException.class,
        () -> Presentation.of(Rational.of(2), videos, List.of()),
        "a segment after the end");
  }

  @Test
  void refusesWhatOccursTwice() {
    assertThrows(
        IllegalArgumentException.class,
        () -> of(List.of(video(TWO_SEGMENTS, picture("low", 1), picture("low", 2))), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> of(List.of(), List.of(sound("en", Role.MAIN), sound("de", Role.MAIN))));
    assertThrows(IllegalArgumentException.class, () -> of(List.of(), List.of()));
  }

  @Test
  void periodsGoOnWithTheirNumbers() {
    Period first = period("0", TWO_SEGMENTS);
    Period second = period("1", TWO_SEGMENTS.from(120, 2));

    assertEquals(Rational.of(8), new Presentation(List.of(first, second)).duration());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Presentation(List.of(first, period("1", TWO_SEGMENTS))));
  }

  @Test
  void refusesIdsThatAreUnsafeInAddresses() {
    assertThrows(IllegalArgumentException.class, () -> picture("../etc", 1));
    assertThrows(IllegalArgumentException.class, () -> new MediaUrls("a/b"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AudioTrack("a", Role.MAIN, "eng\"", "", TWO_SEGMENTS, List.of()));
  }

  private static Presentation of(List<VideoTrack> videos, List<AudioTrack> audios) {
    return Presentation.of(Rational.of(4), videos, audios);
  }

  private static Period period(String id, Timeline timeline) {
    return new Period(id, Rational.of(4), List.of(video(timeline, picture("low", 1))), List.of());
  }

  private static VideoTrack video(Timeline timeline, VideoRepresentation... representations) {
    return new VideoTrack("video", Role.MAIN, timeline, List.of(representations));
  }

  private static AudioTrack sound(String language, Role role) {
    return new AudioTrack(
        "audio-" + language,
        role,
        language,
        "",
        TWO_SEGMENTS,
        List.of(
            new AudioRepresentation(
                "aac-" + language, "mp4a.40.2", new Bandwidth(96_000, 90_000), 48_000, 2)));
  }

  private static VideoRepresentation picture(String id, long bandwidth) {
    return new VideoRepresentation(
        id, "avc1.64001E", new Bandwidth(bandwidth, bandwidth), 640, 360, Rational.of(30));
  }
}
