package dev.tritontube.manifests.dash;

import dev.tritontube.manifests.presentation.AudioRepresentation;
import dev.tritontube.manifests.presentation.AudioTrack;
import dev.tritontube.manifests.presentation.ImageTrack;
import dev.tritontube.manifests.presentation.MediaUrls;
import dev.tritontube.manifests.presentation.Period;
import dev.tritontube.manifests.presentation.Presentation;
import dev.tritontube.manifests.presentation.Rational;
import dev.tritontube.manifests.presentation.Representation;
import dev.tritontube.manifests.presentation.Role;
import dev.tritontube.manifests.presentation.Run;
import dev.tritontube.manifests.presentation.TextTrack;
import dev.tritontube.manifests.presentation.Timeline;
import dev.tritontube.manifests.presentation.Track;
import dev.tritontube.manifests.presentation.VideoRepresentation;
import dev.tritontube.manifests.presentation.VideoTrack;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/// Renders a presentation as a static MPD.
///
/// Segments are listed by a `SegmentTimeline`, also where they lie on a grid: players then read
/// their number from the manifest instead of computing it from rounded lengths. Lengths are cut to
/// the microsecond, never rounded up: a period longer than its segments makes players ask for one
/// more.
public final class Mpd {
  private static final String NAMESPACE = "urn:mpeg:dash:schema:mpd:2011";
  private static final String PROFILE = "urn:mpeg:dash:profile:isoff-live:2011";
  private static final String ROLES = "urn:mpeg:dash:role:2011";

  /// DASH-IF IOP 4.3, 6.2.6.
  private static final String TILES = "http://dashif.org/guidelines/thumbnail_tile";

  private static final String CHANNELS = "urn:mpeg:mpegB:cicp:ChannelConfiguration";
  private static final int DURATION_DIGITS = 6;

  private final MediaUrls urls;
  private final List<TextTrack> texts;
  private final XmlOutput xml;

  private Mpd(MediaUrls urls, List<TextTrack> texts, XmlOutput xml) {
    this.urls = urls;
    this.texts = texts;
    this.xml = xml;
  }

  public static String render(Presentation presentation, MediaUrls urls) {
    return render(presentation, List.of(), urls);
  }

  /// @param texts what can be read with it; in its first period, where all have one alone
  public static String render(Presentation presentation, List<TextTrack> texts, MediaUrls urls) {
    try {
      XmlOutput xml = new XmlOutput();
      new Mpd(urls, texts, xml).presentation(presentation);
      return xml.finish();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML to memory failed", e);
    }
  }

  private void presentation(Presentation presentation) throws XMLStreamException {
    String longest = duration(longestSegment(presentation), RoundingMode.CEILING);
    xml.open("MPD")
        .with("xmlns", NAMESPACE)
        .with("profiles", PROFILE)
        .with("type", "static")
        .with("mediaPresentationDuration", duration(presentation.duration(), RoundingMode.FLOOR))
        .with("minBufferTime", longest)
        .with("maxSegmentDuration", duration(longestOfAll(presentation), RoundingMode.CEILING));
    Rational start = Rational.ZERO;
    for (Period period : presentation.periods()) {
      period(period, start, start.equals(Rational.ZERO) ? texts : List.of());
      start = start.plus(period.duration());
    }
    xml.close();
  }

  private void period(Period period, Rational start, List<TextTrack> read)
      throws XMLStreamException {
    xml.open("Period")
        .with("id", period.id())
        .with("start", duration(start, RoundingMode.FLOOR))
        .with("duration", duration(period.duration(), RoundingMode.FLOOR));
    int id = 0;
    for (VideoTrack track : period.videos().stream().limit(1).toList()) {
      video(id++, track);
    }
    for (AudioTrack track : period.audios()) {
      audio(id++, track);
    }
    for (TextTrack track : read) {
      text(id++, track);
    }
    if (period.images() != null) {
      images(id++, period.images());
    }
    // They come when all else is there, and are to change no other's number.
    for (VideoTrack track : period.videos().stream().skip(1).toList()) {
      video(id++, track);
    }
    xml.close();
  }

  private void video(int id, VideoTrack track) throws XMLStreamException {
    VideoRepresentation largest =
        track.representations().stream()
            .max(Comparator.comparingLong(r -> (long) r.width() * r.height()))
            .orElseThrow();
    Rational shape = new Rational(largest.width(), largest.height());
    Rational fastest =
        track.representations().stream()
            .map(VideoRepresentation::frameRate)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    adaptationSet(id, "video")
        .with("par", shape.numerator() + ":" + shape.denominator())
        .with("maxWidth", largest.width())
        .with("maxHeight", largest.height())
        .with("maxFrameRate", fastest);
    role(track.role());
    segments(track);
    for (VideoRepresentation representation : track.representations()) {
      representation(xml.empty("Representation"), representation)
          .with("width", representation.width())
          .with("height", representation.height())
          .with("frameRate", representation.frameRate())
          .with("sar", "1:1");
    }
    xml.close();
  }

  private void audio(int id, AudioTrack track) throws XMLStreamException {
    adaptationSet(id, "audio").with("lang", track.language());
    if (!track.label().isBlank()) {
      xml.text("Label", track.label());
    }
    role(track.role());
    segments(track);
    for (AudioRepresentation representation : track.representations()) {
      representation(xml.open("Representation"), representation)
          .with("audioSamplingRate", representation.sampleRate());
      channels(representation);
      xml.close();
    }
    xml.close();
  }

  /// One file beside the media (DASH-IF IOP 4.3, 6.4.5).
  private void text(int id, TextTrack track) throws XMLStreamException {
    xml.open("AdaptationSet")
        .with("id", id)
        .with("contentType", "text")
        .with("mimeType", "text/vtt")
        .with("lang", track.language())
        .text("Label", track.label());
    role(purpose(track));
    if (track.preferred()) {
      role("main");
    }
    xml.open("Representation")
        .with("id", track.id())
        .with("bandwidth", track.bitsPerSecond())
        .text("BaseURL", urls.text(track.id()))
        .close()
        .close();
  }

  private static String purpose(TextTrack track) {
    return switch (track.purpose()) {
      case CAPTIONS -> "caption";
      case SUBTITLES -> track.forced() ? "forced-subtitle" : "subtitle";
      case DESCRIPTIONS -> "description";
    };
  }

  /// Sheets of one length by their number: players compute which picture of which sheet they want.
  private void images(int id, ImageTrack images) throws XMLStreamException {
    xml.open("AdaptationSet")
        .with("id", id)
        .with("contentType", "image")
        .with("mimeType", "image/jpeg");
    xml.empty("SegmentTemplate")
        .with("timescale", 1)
        .with("duration", images.sheetSeconds())
        .with("startNumber", 0)
        .with("media", urls.sheet("$RepresentationID$", "$Number$"));
    xml.open("Representation")
        .with("id", images.id())
        .with("bandwidth", images.bandwidth())
        .with("width", images.columns() * images.width())
        .with("height", images.rows() * images.height());
    xml.empty("EssentialProperty")
        .with("schemeIdUri", TILES)
        .with("value", images.columns() + "x" + images.rows());
    xml.close().close();
  }

  private XmlOutput adaptationSet(int id, String contentType) throws XMLStreamException {
    return xml.open("AdaptationSet")
        .with("id", id)
        .with("contentType", contentType)
        .with("mimeType", contentType + "/mp4")
        .with("segmentAlignment", true)
        .with("startWithSAP", 1);
  }

  private static XmlOutput representation(XmlOutput element, Representation representation)
      throws XMLStreamException {
    return element
        .with("id", representation.id())
        .with("codecs", representation.codecs())
        .with("bandwidth", representation.bandwidth().peak());
  }

  private void role(Role role) throws XMLStreamException {
    role(
        switch (role) {
          case MAIN -> "main";
          case ALTERNATE -> "alternate";
        });
  }

  private void role(String value) throws XMLStreamException {
    xml.empty("Role").with("schemeIdUri", ROLES).with("value", value);
  }

  /// ISO/IEC 23091-3 numbers loudspeaker layouts; the usual one is taken for each count.
  private void channels(AudioRepresentation representation) throws XMLStreamException {
    OptionalInt layout =
        switch (representation.channels()) {
          case 1, 2, 3, 4, 5, 6 -> OptionalInt.of(representation.channels());
          case 7 -> OptionalInt.of(11);
          case 8 -> OptionalInt.of(12);
          default -> OptionalInt.empty();
        };
    if (layout.isPresent()) {
      xml.empty("AudioChannelConfiguration")
          .with("schemeIdUri", CHANNELS)
          .with("value", layout.getAsInt());
    }
  }

  private void segments(Track track) throws XMLStreamException {
    Timeline timeline = track.timeline();
    xml.open("SegmentTemplate")
        .with("timescale", timeline.timescale())
        .with("presentationTimeOffset", timeline.offset())
        .with("startNumber", timeline.firstNumber())
        .with("initialization", urls.initialization("$RepresentationID$"))
        .with("media", urls.segment("$RepresentationID$", "$Number$"))
        .open("SegmentTimeline");
    boolean first = true;
    for (Run run : timeline.runs()) {
      run(run, first ? timeline.offset() : -1);
      first = false;
    }
    xml.close().close();
  }

  private void run(Run run, long start) throws XMLStreamException {
    xml.empty("S");
    if (start >= 0) {
      xml.with("t", start);
    }
    xml.with("d", run.duration());
    if (run.count() > 1) {
      xml.with("r", run.count() - 1);
    }
  }

  private static Rational longestSegment(Presentation presentation) {
    return presentation.periods().stream()
        .flatMap(period -> period.tracks().stream())
        .map(Track::timeline)
        .map(timeline -> timeline.seconds(timeline.longest()))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// Sheets of images count as segments, but for what is beyond the end.
  private static Rational longestOfAll(Presentation presentation) {
    return presentation.periods().stream()
        .flatMap(
            period ->
                Stream.ofNullable(period.images())
                    .map(images -> Rational.of(images.sheetSeconds()))
                    .map(
                        sheet ->
                            sheet.compareTo(period.duration()) < 0 ? sheet : period.duration()))
        .reduce(
            longestSegment(presentation), (one, other) -> one.compareTo(other) < 0 ? other : one);
  }

  private static String duration(Rational seconds, RoundingMode rounding) {
    BigDecimal decimal = seconds.decimal(DURATION_DIGITS, rounding).stripTrailingZeros();
    return "PT" + decimal.toPlainString() + "S";
  }
}
