package dev.tritontube.manifests.hls;

import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Rational;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// The segments of a text track: all equally long but the last, together as long as the
/// presentation. Their target duration need not be that of the media (RFC 8216, 6.2.4): they are
/// longer, so that a player asks for words less often than for pictures.
final class TextPlaylist {
  static final int SECONDS = 6;

  private static final int DIGITS = 6;

  private final BigDecimal duration;
  private final MediaUrls urls;
  private final String track;

  TextPlaylist(Rational duration, MediaUrls urls, String track) {
    this.duration = duration.decimal(DIGITS, RoundingMode.HALF_UP);
    this.urls = urls;
    this.track = track;
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
            """
                .formatted(SECONDS));
    BigDecimal left = duration;
    for (long number = 0; left.signum() > 0; number++) {
      BigDecimal length = left.min(BigDecimal.valueOf(SECONDS)).setScale(DIGITS);
      text.append("#EXTINF:")
          .append(length.toPlainString())
          .append(",\n")
          .append(urls.textSegmentBeside(track, number))
          .append('\n');
      left = left.subtract(length);
    }
    return text.append("#EXT-X-ENDLIST\n").toString();
  }
}
