package dev.tritontube.web.packaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Chooses the moment of a film that stands for it, from its thumbnails: the best one
/// ([PictureScore]) from what is neither its beginning, where titles are, nor its end, where
/// credits are and what nobody wants to know before. For one choice.
final class PosterChoice {
  private static final double FROM = 0.05;
  private static final double TO = 0.85;

  private final ThumbnailGrid grid;
  private int best;
  private double bestScore = -1;

  private PosterChoice(ThumbnailGrid grid) {
    this.grid = grid;
  }

  /// Seconds from the beginning.
  ///
  /// @param sheets all of them, as `ThumbnailSheets` makes them
  static double of(ThumbnailGrid grid, List<ByteBuffer> sheets) throws IOException {
    PosterChoice choice = new PosterChoice(grid);
    for (int sheet = 0; sheet < sheets.size(); sheet++) {
      choice.look(sheet, decoded(sheets.get(sheet)));
    }
    return (double) choice.best * grid.seconds();
  }

  private static BufferedImage decoded(ByteBuffer sheet) throws IOException {
    byte[] bytes = new byte[sheet.remaining()];
    sheet.duplicate().get(bytes);
    BufferedImage image =
        ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
    if (image == null) {
      throw new IOException("a sheet of thumbnails is no picture");
    }
    return image;
  }

  private void look(int sheet, BufferedImage image) {
    int first = Math.max(sheet * grid.onSheet(), (int) (FROM * grid.count()));
    int end = Math.min((sheet + 1) * grid.onSheet(), (int) Math.ceil(TO * grid.count()));
    for (int index = first; index < end; index++) {
      int place = index % grid.onSheet();
      double score = score(image, place % grid.columns(), place / grid.columns());
      if (score > bestScore) {
        best = index;
        bestScore = score;
      }
    }
  }

  private double score(BufferedImage image, int column, int row) {
    int width = grid.size().width();
    int height = grid.size().height();
    int[] pixels = image.getRGB(column * width, row * height, width, height, null, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = luma(pixels[i]);
    }
    return PictureScore.of(pixels, width, height);
  }

  /// BT.601, as JPEG has it.
  private static int luma(int rgb) {
    return (299 * (rgb >> 16 & 0xFF) + 587 * (rgb >> 8 & 0xFF) + 114 * (rgb & 0xFF)) / 1000;
  }
}
