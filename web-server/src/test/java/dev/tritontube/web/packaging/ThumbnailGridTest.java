package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.web.packaging.SourceMedia.Colour;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailGridTest {
  @ParameterizedTest
  @CsvSource({
    // length, seconds between, count, columns, rows, sheets
    "0.5, 1, 1, 1, 1, 1",
    "8, 1, 8, 8, 1, 1",
    "12, 1, 12, 10, 2, 1",
    "100, 1, 100, 10, 10, 1",
    "101, 1, 101, 10, 10, 2",
    "400, 1, 400, 10, 10, 4",
    "3600, 9, 400, 10, 10, 4",
    "86400, 216, 400, 10, 10, 4"
  })
  void laysOutSoManyWhateverTheLength(
      double length, int seconds, int count, int columns, int rows, int sheets) {
    ThumbnailGrid grid = grid(length, 1280, 720);

    assertEquals(seconds, grid.seconds());
    assertEquals(count, grid.count());
    assertEquals(columns, grid.columns());
    assertEquals(rows, grid.rows());
    assertEquals(sheets, grid.sheets());
  }

  @ParameterizedTest
  @CsvSource({
    "1280, 720, 160, 90",
    "720, 1280, 90, 160",
    "640, 480, 160, 120",
    "854, 480, 160, 90",
    "8192, 2, 160, 2",
    "64, 36, 160, 90"
  })
  void keepsTheShapeOfTheFilm(int width, int height, int smallWidth, int smallHeight) {
    ThumbnailGrid grid = grid(60, width, height);

    assertEquals(smallWidth, grid.size().width());
    assertEquals(smallHeight, grid.size().height());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 29, 30, 31, 399, 401, 799, 801, 4001, 86_399})
  void reachesTheEndAndNotBeyond(int length) {
    ThumbnailGrid grid = grid(length, 1280, 720);

    assertTrue(grid.count() <= ThumbnailGrid.MOST);
    assertTrue((long) grid.count() * grid.seconds() >= length);
    assertTrue((grid.count() - 1L) * grid.seconds() < length);
  }

  @Test
  void hasNoneWhereThereAreNoPictures() {
    EncodingPlan sound =
        new EncodingPlan(
            Container.MP3,
            0,
            Rational.of(60),
            null,
            List.of(new EncodingPlan.Audio("audio", 0, "und", "", null)),
            null,
            false,
            null,
            "standard",
            0);

    assertEquals(Optional.empty(), ThumbnailGrid.of(sound));
  }

  private static ThumbnailGrid grid(double length, int width, int height) {
    long frames = (long) (length * 10);
    EncodingPlan.Video video =
        new EncodingPlan.Video(
            0,
            Rational.of(10),
            frames,
            frames,
            20,
            new Colour(null, false),
            false,
            List.of(new Rung("size", width, height, 1_000_000, 40)),
            null,
            null,
            List.of(),
            List.of());
    EncodingPlan plan =
        new EncodingPlan(
            Container.MP4,
            0,
            new Rational(frames, 10),
            video,
            List.of(),
            null,
            false,
            null,
            "standard",
            0);
    return ThumbnailGrid.of(plan).orElseThrow();
  }
}
