package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.presentation.Rational;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {
  private static final Ladder STANDARD = new Ladder(Profile.STANDARD);

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
    List<Rung> small = new Ladder(Profile.SMALL).of(video);
    List<Rung> archive = new Ladder(Profile.ARCHIVE).of(video);
    assertEquals(List.of("240p", "360p", "480p"), small.stream().map(Rung::id).toList());
    assertTrue(small.getLast().capBitsPerSecond() < STANDARD.of(video).get(2).capBitsPerSecond());
    assertEquals(11_000_000, archive.getLast().capBitsPerSecond());
    assertEquals(202, new Ladder(Profile.SMALL).of(video(201, 99, 0)).getFirst().width());
  }

  @Test
  void tellsTheLevel() {
    assertEquals("avc1.640028", STANDARD.of(video(1920, 1080, 0)).getLast().codecs());
    assertEquals("avc1.64001F", STANDARD.of(video(1280, 720, 0)).getLast().codecs());
  }

  private static List<String> ids(int width, int height) {
    return STANDARD.of(video(width, height, 0)).stream().map(Rung::id).toList();
  }

  private static SourceMedia.Video video(int width, int height, long bitRate) {
    return new SourceMedia.Video(
        0,
        "h264",
        width,
        height,
        bitRate,
        new SourceMedia.Colour(null, false),
        false,
        new SourceMedia.Timing(0, Rational.of(30), 300, true),
        null);
  }
}
