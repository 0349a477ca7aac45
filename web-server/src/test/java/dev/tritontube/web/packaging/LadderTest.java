package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.presentation.Rational;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LadderTest {
  private static final Ladder STANDARD = new Ladder(Profiles.usual().standard());

  @Test
  void neverGoesAboveTheSource() {
    assertEquals(List.of("240p", "360p", "480p", "720p", "1080p"), ids(1920, 1080));
    assertEquals(List.of("240p", "360p", "480p", "720p"), ids(1280, 962));
    assertEquals("2160p", ids(3840, 2160).getLast());
  }

  @Test
  void goesByTheShortSide() {
    List<Rung> rungs = STANDARD.of(video(720, 1280, 0));
    assertEquals("720x1280", rungs.getLast().width() + "x" + rungs.getLast().height());
    assertEquals("240x426", rungs.getFirst().width() + "x" + rungs.getFirst().height());
  }

  @Test
  void keepsTheSizeOfWhatIsSmallerThanItself() {
    List<Rung> rungs = STANDARD.of(video(201, 99, 0));
    assertEquals(1, rungs.size());
    assertEquals("202x100", rungs.getFirst().width() + "x" + rungs.getFirst().height());
  }

  @Test
  void followsTheProfile() {
    SourceMedia.Video video = video(1920, 1080, 0);
    Ladder ofSmall = new Ladder(Profiles.usual().named("small"));
    List<Rung> small = ofSmall.of(video);
    List<Rung> archive = new Ladder(Profiles.usual().named("archive")).of(video);
    assertEquals(List.of("240p", "360p", "480p"), small.stream().map(Rung::id).toList());
    assertTrue(small.getLast().capBitsPerSecond() < STANDARD.of(video).get(2).capBitsPerSecond());
    assertEquals(11_000_000, archive.getLast().capBitsPerSecond());
    assertEquals(202, ofSmall.of(video(201, 99, 0)).getFirst().width());
  }

  @Test
  void tellsTheLevel() {
    assertEquals("avc1.640028", STANDARD.of(video(1920, 1080, 0)).getLast().codecs());
    assertEquals("avc1.64001F", STANDARD.of(video(1280, 720, 0)).getLast().codecs());
  }

  @Test
  void makesLessOfWhatStandsStill() {
    Effort slides = new Effort(40_000, 50_000, 300);
    List<Rung> rungs = STANDARD.of(video(1920, 1080, slides));
    List<Rung> fixed = STANDARD.of(video(1920, 1080, 0));
    assertEquals(List.of("1080p"), rungs.stream().map(Rung::id).toList());
    assertTrue(rungs.getLast().capBitsPerSecond() < fixed.getLast().capBitsPerSecond() / 5);
    assertEquals(26, Objects.requireNonNull(rungs.getLast().tuning()).crf());
  }

  @Test
  void makesAllOfWhatChangesFromFrameToFrame() {
    List<Rung> fixed = STANDARD.of(video(1920, 1080, 0));
    assertEquals(fixed, STANDARD.of(video(1920, 1080, new Effort(400_000, 400_000, 200_000))));
  }

  @Test
  void allowsForTwiceWhatTheMostComplexPicturesNeed() {
    Rung rung = STANDARD.of(video(1920, 1080, new Effort(15_000, 80_000, 4_000))).getLast();
    assertEquals(2 * 8 * 30 * (80_000 + 59 * 4_000L) / 60, rung.capBitsPerSecond());
    assertEquals(26, Objects.requireNonNull(rung.tuning()).crf());
  }

  @Test
  void takesNoAccountOfContentWhereTheProfileSaysSo() {
    Profile standard = Profiles.usual().standard();
    Profile plain =
        new Profile(
            "plain",
            "",
            standard.sizes(),
            standard.fullHdBitsPerSecond(),
            standard.codecs(),
            128_000,
            true,
            false,
            true);
    assertEquals(
        STANDARD.of(video(1920, 1080, 0)),
        new Ladder(plain).of(video(1920, 1080, new Effort(40_000, 60_000, 300))));
  }

  private static List<String> ids(int width, int height) {
    return STANDARD.of(video(width, height, 0)).stream().map(Rung::id).toList();
  }

  private static SourceMedia.Video video(int width, int height, long bitRate) {
    return video(width, height, bitRate, null);
  }

  private static SourceMedia.Video video(int width, int height, Effort effort) {
    return video(width, height, 0, effort);
  }

  private static SourceMedia.Video video(
      int width, int height, long bitRate, @Nullable Effort effort) {
    return new SourceMedia.Video(
        0,
        "h264",
        width,
        height,
        bitRate,
        new SourceMedia.Colour(null, false),
        false,
        new SourceMedia.Timing(0, Rational.of(30), 300, true),
        effort,
        null);
  }
}
