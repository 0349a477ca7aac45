package dev.tritontube.manifests.presentation;

/// Pictures in one size, with square pixels.
///
/// @param frameRate frames a second, constant
public record VideoRepresentation(
    String id, String codecs, Bandwidth bandwidth, int width, int height, Rational frameRate)
    implements Representation {
  public VideoRepresentation {
    Names.check("representation", id);
    Names.checkCodecs(id, codecs);
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "representation %s has a size of %dx%d".formatted(id, width, height));
    }
    if (frameRate.numerator() == 0) {
      throw new IllegalArgumentException("representation " + id + " has a frame rate of 0");
    }
  }
}
