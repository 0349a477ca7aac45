package dev.tritontube.web.packaging;

/// How fit a small picture is to stand for a film: the more, the more it shows and the sharper it
/// is. Black, a plain colour, a fade and writing on black show little; what moved or is out of
/// focus is not sharp.
///
/// What it shows is the entropy of its brightness (Shannon, in bits, of 64 classes), how sharp it
/// is the logarithm of the variance of its Laplacian (Pech-Pacheco et al., "Diatom autofocusing in
/// brightfield microscopy", ICPR 2000). They are multiplied: a picture that has nothing of one of
/// them is worth nothing.
final class PictureScore {
  private static final int CLASSES = 64;
  private static final int LEVELS = 256;

  private final int[] luma;
  private final int width;
  private final int height;

  private PictureScore(int[] luma, int width, int height) {
    this.luma = luma;
    this.width = width;
    this.height = height;
  }

  /// @param luma brightness of each pixel, 0 to 255, by rows
  /// @return at least 0
  static double of(int[] luma, int width, int height) {
    PictureScore picture = new PictureScore(luma, width, height);
    return picture.entropy() * Math.log1p(picture.sharpness());
  }

  private double entropy() {
    int[] counts = new int[CLASSES];
    for (int value : luma) {
      counts[value * CLASSES / LEVELS]++;
    }
    double bits = 0;
    for (int count : counts) {
      double share = (double) count / luma.length;
      bits -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
    }
    return bits;
  }

  private double sharpness() {
    double sum = 0;
    double squares = 0;
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int at = y * width + x;
        int around = luma[at - 1] + luma[at + 1] + luma[at - width] + luma[at + width];
        int laplacian = around - 4 * luma[at];
        sum += laplacian;
        squares += (double) laplacian * laplacian;
      }
    }
    double count = Math.max(1, (double) (width - 2) * (height - 2));
    return squares / count - (sum / count) * (sum / count);
  }
}
