package dev.tritontube.web.packaging;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a still picture is written.
public enum StillFormat {
  JPG("image/jpeg", List.of("-c:v", "mjpeg", "-q:v", "3"), Filters.JFIF),
  /// Without any further loss.
  PNG("image/png", List.of("-c:v", "png"), ",scale=in_color_matrix=bt709:in_range=tv,format=rgb24");

  private final String mediaType;
  private final List<String> encoder;
  private final String filter;

  StillFormat(String mediaType, List<String> encoder, String filter) {
    this.mediaType = mediaType;
    this.encoder = encoder;
    this.filter = filter;
  }

  /// The word that the API and the catalog use, and the extension of file names.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<StillFormat> parse(String word) {
    return List.of(values()).stream().filter(format -> format.word().equals(word)).findFirst();
  }

  public String mediaType() {
    return mediaType;
  }

  /// Options of ffmpeg.
  List<String> encoder() {
    return encoder;
  }

  /// From a picture in BT.709 to what the encoder takes.
  String filter() {
    return filter;
  }
}
