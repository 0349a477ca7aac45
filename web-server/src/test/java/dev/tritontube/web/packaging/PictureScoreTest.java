package dev.tritontube.web.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class PictureScoreTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 36;

  @Test
  void whatShowsNothingIsWorthNothing() {
    assertEquals(0, score(picture((_, _) -> 0)));
    assertEquals(0, score(picture((_, _) -> 255)));
    assertEquals(0, score(picture((_, _) -> 128)));
  }

  @Test
  void sharpIsBetterThanBlurred() {
    int[] sharp = scene();

    assertTrue(score(sharp) > 2 * score(blurred(blurred(sharp))));
  }

  @Test
  void aSceneIsBetterThanAFadeOfItOrWritingOnBlack() {
    int[] scene = scene();
    int[] fading = Arrays.stream(scene).map(value -> value / 16).toArray();
    int[] writing = picture((x, y) -> y > 16 && y < 20 && x % 3 == 0 ? 255 : 0);

    assertTrue(score(scene) > 2 * score(fading));
    assertTrue(score(scene) > 2 * score(writing));
  }

  @Test
  void aPixelAloneHasAScore() {
    assertEquals(0, PictureScore.of(new int[] {7}, 1, 1));
  }

  /// Bright and dark areas with some structure.
  private static int[] scene() {
    Random random = new Random(1);
    return picture(
        (x, y) ->
            Math.clamp(3 * x + 2 * y + (x / 8 + y / 6) % 2 * 40 + random.nextInt(20), 0, 255));
  }

  private static int[] blurred(int[] picture) {
    return picture(
        (x, y) -> {
          int sum = 0;
          for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
              int column = Math.clamp(x + dx, 0, WIDTH - 1);
              int row = Math.clamp(y + dy, 0, HEIGHT - 1);
              sum += picture[row * WIDTH + column];
            }
          }
          return sum / 25;
        });
  }

  private static int[] picture(IntBinaryOperator luma) {
    int[] picture = new int[WIDTH * HEIGHT];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = luma.applyAsInt(i % WIDTH, i / WIDTH);
    }
    return picture;
  }

  private static double score(int[] picture) {
    return PictureScore.of(picture, WIDTH, HEIGHT);
  }
}
