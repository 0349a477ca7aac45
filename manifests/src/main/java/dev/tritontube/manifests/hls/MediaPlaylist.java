package dev.tritontube.manifests.hls;

import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Segment;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.Track;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// The segments of one representation (RFC 8216, 4.3.2 and 4.3.3).
///
/// Each `EXTINF` is the difference of two rounded times, not a rounded difference: so they add up
/// to the whole length to the microsecond, however many there are. The target duration is that of
/// the presentation, the same in all its playlists (RFC 8216, 6.2.4).
final class MediaPlaylist {
  private static final int DIGITS = 6;

  private final Presentation presentation;
  private final List<Timeline> timelines;
  private final MediaUrls urls;
  private final String representation;
  private final StringBuilder text = new StringBuilder();

  MediaPlaylist(Presentation presentation, MediaUrls urls, String representation) {
    this.presentation = presentation;
    this.timelines =
        presentation.periods().stream()
            .map(period -> period.trackOf(representation).orElseThrow().timeline())
            .toList();
    this.urls = urls;
    this.representation = representation;
  }

  String render() {
    boolean first = true;
    for (Timeline timeline : timelines) {
      if (!first) {
        text.append("#EXT-X-DISCONTINUITY\n");
      }
      period(timeline);
      first = false;
    }
    return header() + text + "#EXT-X-ENDLIST\n";
  }

  private String header() {
    return """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:%s
        #EXT-X-MEDIA-SEQUENCE:%d
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-INDEPENDENT-SEGMENTS
        """
        .formatted(target(), timelines.getFirst().firstNumber());
  }

  /// What every length of any track rounds to, or less.
  private BigDecimal target() {
    return presentation.periods().stream()
        .flatMap(period -> period.tracks().stream())
        .map(Track::timeline)
        .distinct()
        .flatMap(timeline -> timeline.segments().map(segment -> length(timeline, segment)))
        .reduce(BigDecimal.ONE, BigDecimal::max)
        .setScale(0, RoundingMode.HALF_UP);
  }

  private void period(Timeline timeline) {
    text.append(
        new Attributes("EXT-X-MAP")
            .quoted("URI", urls.initializationBeside(representation))
            .line());
    timeline.segments().forEach(segment -> segment(timeline, segment));
  }

  private void segment(Timeline timeline, Segment segment) {
    text.append("#EXTINF:")
        .append(length(timeline, segment).toPlainString())
        .append(",\n")
        .append(urls.segmentBeside(representation, Long.toString(segment.number())))
        .append('\n');
  }

  private static BigDecimal length(Timeline timeline, Segment segment) {
    long start = segment.start() - timeline.offset();
    return rounded(timeline.seconds(start + segment.duration()))
        .subtract(rounded(timeline.seconds(start)));
  }

  private static BigDecimal rounded(Rational seconds) {
    return seconds.decimal(DIGITS, RoundingMode.HALF_UP);
  }
}
