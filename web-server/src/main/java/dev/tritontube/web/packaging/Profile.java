package dev.tritontube.web.packaging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How well a video is encoded, and in which sizes. Names are in the catalog and in the API. Sizes
/// and caps are part of a plan; the rate factor is looked up for each span, so changing one changes
/// the quality in the middle of what is being encoded.
enum Profile {
  /// What every upload gets.
  STANDARD(Integer.MAX_VALUE, 23, 1, true),

  /// For what few watch: nothing above 480p, at lower rates.
  SMALL(480, 26, 0.7, false),

  /// For what is to look its best: twice the rate where the pictures need it.
  ARCHIVE(Integer.MAX_VALUE, 18, 2, true);

  private final int largestSide;
  private final int crf;
  private final double rate;
  private final boolean copies;

  Profile(int largestSide, int crf, double rate, boolean copies) {
    this.largestSide = largestSide;
    this.crf = crf;
    this.rate = rate;
    this.copies = copies;
  }

  /// The largest size on its short side, in pixels.
  int largestSide() {
    return largestSide;
  }

  /// The constant rate factor of x264: the lower, the better.
  int crf() {
    return crf;
  }

  /// The bound on the bit rate, against the standard.
  double rate() {
    return rate;
  }

  /// Whether pictures and sound that can be played as they are stand for the largest size.
  boolean copies() {
    return copies;
  }

  /// The word that the API and the catalog use.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Profile> parse(String word) {
    return Arrays.stream(values()).filter(profile -> profile.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Profile::word).toList();
  }
}
