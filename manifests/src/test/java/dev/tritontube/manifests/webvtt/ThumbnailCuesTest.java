package dev.tritontube.manifests.webvtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tritontube.manifests.Samples;
import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Rational;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThumbnailCuesTest {
  private static final MediaUrls URLS = new MediaUrls("r1");

  @Test
  void namesThePlaceOfEachPicture() {
    Presentation film = Samples.pictured();

    String[] cues =
        ThumbnailCues.render(film.images().orElseThrow(), film.duration(), URLS).split("\n\n");

    assertEquals(1 + 103, cues.length);
    assertEquals("WEBVTT", cues[0]);
    assertEquals(
        "00:00:00.000 --> 00:00:02.000\nmedia/r1/thumbnails/0.jpg#xywh=0,0,160,90", cues[1]);
    assertEquals(
        "00:00:24.000 --> 00:00:26.000\nmedia/r1/thumbnails/0.jpg#xywh=320,90,160,90", cues[13]);
    assertEquals(
        "00:03:20.000 --> 00:03:22.000\nmedia/r1/thumbnails/1.jpg#xywh=0,0,160,90", cues[101]);
    assertEquals(
        "00:03:24.000 --> 00:03:25.000\nmedia/r1/thumbnails/1.jpg#xywh=320,0,160,90\n", cues[103]);
  }

  @Test
  void coversLongFilmsToTheirEnd() {
    ImageTrack images = new ImageTrack("thumbnails", 160, 90, 10, 10, 216, 400, 1);

    List<String> lines =
        Arrays.asList(ThumbnailCues.render(images, Rational.of(86_400), URLS).split("\n"));

    assertEquals("23:56:24.000 --> 24:00:00.000", lines.get(lines.size() - 2));
  }
}
