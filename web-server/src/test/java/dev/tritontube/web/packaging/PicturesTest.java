package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.web.Eventually;
import dev.tritontube.web.catalog.AssetId;
import dev.tritontube.web.packaging.AssetMedia.Status;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  /// Black, red, a moving picture and blue, for three seconds each.
  private static final String SCENES =
      "color=black:s=320x180:r=10:d=3[a];color=red:s=320x180:r=10:d=3[b];"
          + "testsrc2=s=320x180:r=10:d=3[c];color=blue:s=320x180:r=10:d=3[d];"
          + "[a][b][c][d]concat=n=4,format=yuv420p";

  @TempDir Path folder;

  @Test
  void showsWhatIsWhenAndChoosesAPosterThatShowsSomething() throws Exception {
    try (PackagingFixture fixture = new PackagingFixture(folder)) {
      AssetId asset = fixture.upload(film(SCENES, "film.mp4", "-g", "250"));
      AssetMedia media = fixture.work(asset);

      assertEquals(Status.COMPLETED, media.status(), media::toString);
      assertTrue(media.thumbnails());
      Published published = fixture.packaging.published(asset).orElseThrow();
      ImageTrack images = published.presentation().images().orElseThrow();
      assertEquals(new ImageTrack("thumbnails", 160, 90, 10, 2, 1, 12, images.bandwidth()), images);
      BufferedImage sheet = sheet(fixture, asset);
      assertEquals(1600, sheet.getWidth());
      assertEquals(180, sheet.getHeight());
      assertColour(Color.BLACK, sheet, 1);
      assertColour(Color.RED, sheet, 4);
      assertColour(Color.BLUE, sheet, 11);
      BufferedImage poster = poster(fixture, asset);
      assertEquals(180, poster.getHeight());
      assertTrue(colours(poster) > 30, "it is the moving picture, which has many colours");
    }
  }

  /// Longer, so that key frames alone are decoded, of which there is one a scene.
  @Test
  void showsKeyFramesOfWhatIsLonger() throws Exception {
    try (PackagingFixture fixture = new PackagingFixture(folder)) {
      String scenes = SCENES.replace("d=3", "d=9");
      AssetId asset = fixture.upload(film(scenes, "film.mkv", "-force_key_frames", "9,18,27"));
      AssetMedia media = fixture.work(asset);

      assertTrue(media.thumbnails(), media::toString);
      Published published = fixture.packaging.published(asset).orElseThrow();
      assertEquals(36, published.presentation().images().orElseThrow().count());
      BufferedImage sheet = sheet(fixture, asset);
      for (int second : new int[] {0, 5, 8}) {
        assertColour(Color.BLACK, sheet, second);
      }
      for (int second : new int[] {9, 13, 17}) {
        assertColour(Color.RED, sheet, second);
      }
      assertColour(Color.BLUE, sheet, 35);
      assertTrue(colours(poster(fixture, asset)) > 30);
    }
  }

  @Test
  void goesOnWithWhatADeadWorkerLeft() throws Exception {
    try (PackagingFixture fixture = new PackagingFixture(folder, false, false)) {
      AssetId asset = fixture.upload(film(SCENES, "film.mp4"));
      fixture.plan(asset);
      Attempt dead = dieBeforeThePoster(fixture, asset);

      fixture.worker.start();
      AssetMedia media = fixture.awaitEnd(asset);

      assertTrue(media.poster() && media.thumbnails(), media::toString);
      Set<String> kept = Set.of(dead.key(ThumbnailGrid.ID, 0).value());
      Eventually.holds(
          "of what the dead one wrote there is what is on record",
          () -> left(fixture, dead).equals(kept));
      fixture.packaging.remove(asset);
      assertEquals(Set.of(), fixture.blobs.keys());
    }
  }

  /// An attempt puts a sheet on record and stores a poster that it does not live to put there.
  private static Attempt dieBeforeThePoster(PackagingFixture fixture, AssetId asset)
      throws Exception {
    String revision = fixture.packaging.published(asset).orElseThrow().revision();
    Attempt dead = new Attempt(asset, revision, "a".repeat(12));
    AttemptStore attempts = new AttemptStore(fixture.database.jdbi(), InstantSource.system());
    Span span = new Span(List.of(Attempt.POSTER, ThumbnailGrid.ID), 0, 1);
    assertTrue(attempts.open(dead, span, true, "dead"));
    fixture.blobs.put(dead.key(ThumbnailGrid.ID, 0), ByteBuffer.allocate(1));
    new SegmentStore(fixture.database.jdbi()).record(dead, ThumbnailGrid.ID, 0, 1, false);
    fixture.blobs.put(dead.key(Attempt.POSTER, 0), ByteBuffer.allocate(1));
    attempts.close(dead);
    return dead;
  }

  private static Set<String> left(PackagingFixture fixture, Attempt attempt) {
    return fixture.blobs.keys().stream()
        .filter(key -> key.endsWith(attempt.id()))
        .collect(Collectors.toSet());
  }

  private byte[] film(String scenes, String file, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-filter_complex", scenes, "-c:v", "libx264"));
    arguments.addAll(List.of("-preset", "ultrafast", "-sc_threshold", "0"));
    arguments.addAll(List.of(options));
    return new Clips(folder).make(file, arguments.toArray(String[]::new));
  }

  private static BufferedImage sheet(PackagingFixture fixture, AssetId asset) throws Exception {
    Published published = fixture.packaging.published(asset).orElseThrow();
    return decoded(fixture.bytes(asset, published, ThumbnailGrid.ID, "0"));
  }

  private static BufferedImage poster(PackagingFixture fixture, AssetId asset) throws Exception {
    StoredSegment poster = fixture.packaging.poster(asset).orElseThrow();
    return decoded(Objects.requireNonNull(fixture.blobs.contents().get(poster.key().value())));
  }

  private static BufferedImage decoded(byte[] jpeg) throws Exception {
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(jpeg)));
  }

  /// The middle of a thumbnail of 160 x 90, ten in a row.
  private static void assertColour(Color expected, BufferedImage sheet, int second) {
    Color found = new Color(sheet.getRGB(second % 10 * 160 + 80, second / 10 * 90 + 45));
    int off =
        Math.abs(found.getRed() - expected.getRed())
            + Math.abs(found.getGreen() - expected.getGreen())
            + Math.abs(found.getBlue() - expected.getBlue());
    assertTrue(off < 30, () -> "at " + second + " s " + found + " instead of " + expected);
  }

  /// In eight shades of each of the three.
  private static long colours(BufferedImage picture) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(pixels).map(pixel -> pixel & 0xE0E0E0).distinct().count();
  }
}
