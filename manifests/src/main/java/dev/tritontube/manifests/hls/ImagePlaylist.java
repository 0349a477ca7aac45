package dev.tritontube.manifests.hls;

import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Rational;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// The sheets of a presentation's images. Not of RFC 8216, whose players skip it: the "Image Media
/// Playlist" of Disney and WarnerMedia, which Roku and Shaka read.
final class ImagePlaylist {
  private static final int DIGITS = 6;

  private final ImageTrack images;
  private final Rational duration;
  private final MediaUrls urls;

  /// @param duration of the presentation
  ImagePlaylist(ImageTrack images, Rational duration, MediaUrls urls) {
    this.images = images;
    this.duration = duration;
    this.urls = urls;
  }

  /// The line of the multivariant playlist that names it.
  static String line(ImageTrack images, MediaUrls urls) {
    return new Attributes("EXT-X-IMAGE-STREAM-INF")
        .bare("BANDWIDTH", images.bandwidth())
        .bare("RESOLUTION", images.width() + "x" + images.height())
        .quoted("CODECS", "jpeg")
        .quoted("URI", urls.playlist(images.id()))
        .line();
  }

  String render() {
    StringBuilder text =
        new StringBuilder(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:%d
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-IMAGES-ONLY
            """
                .formatted(images.sheetSeconds()));
    for (int sheet = 0; sheet < images.sheets(); sheet++) {
      text.append("#EXTINF:").append(length(sheet)).append(",\n").append(tiles());
      text.append(urls.sheetBeside(images.id(), Integer.toString(sheet))).append('\n');
    }
    return text.append("#EXT-X-ENDLIST\n").toString();
  }

  /// The last sheet ends with the presentation.
  private String length(int sheet) {
    Rational start = Rational.of((long) sheet * images.sheetSeconds());
    Rational end = Rational.of((sheet + 1L) * images.sheetSeconds());
    return seconds(end.compareTo(duration) < 0 ? end : duration)
        .subtract(seconds(start))
        .toPlainString();
  }

  private static BigDecimal seconds(Rational time) {
    return time.decimal(DIGITS, RoundingMode.HALF_UP);
  }

  private String tiles() {
    return new Attributes("EXT-X-TILES")
        .bare("RESOLUTION", images.width() + "x" + images.height())
        .bare("LAYOUT", images.columns() + "x" + images.rows())
        .bare("DURATION", images.seconds())
        .line();
  }
}
