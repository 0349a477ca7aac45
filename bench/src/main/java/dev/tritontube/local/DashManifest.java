package dev.tritontube.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// What a DASH player reads in a static MPD of one period. Knows only the standard: SegmentTemplate
/// with SegmentTimeline or duration, `$Number$`.
public record DashManifest(List<Track> tracks) {
  private static final String DASH = "urn:mpeg:dash:schema:mpd:2011";

  /// An adaptation set.
  ///
  /// @param contentType such as `video`
  public record Track(String contentType, List<Representation> representations) {}

  /// @param bandwidth in bits per second
  public record Representation(String id, long bandwidth, URI init, List<Segment> segments) {}

  /// When it begins and ends, in seconds.
  public record Segment(URI address, double start, double end) {}

  /// Where the segments of a template are, in ticks.
  private record Stretch(long start, long end) {}

  /// @param address that the manifest came from
  public static DashManifest parse(URI address, byte[] xml) throws IOException {
    List<Track> tracks = new ArrayList<>();
    for (Element set : elements(document(xml), "AdaptationSet")) {
      List<Representation> representations = new ArrayList<>();
      for (Element representation : elements(set, "Representation")) {
        representations.add(representation(address, representation));
      }
      tracks.add(new Track(set.getAttribute("contentType"), representations));
    }
    return new DashManifest(tracks);
  }

  /// Everything that a player can ask for: initialization and media segments of every
  /// representation, in order.
  public Set<URI> addresses() {
    Set<URI> addresses = new LinkedHashSet<>();
    for (Track track : tracks) {
      for (Representation representation : track.representations()) {
        addresses.add(representation.init());
        representation.segments().forEach(segment -> addresses.add(segment.address()));
      }
    }
    return addresses;
  }

  private static Representation representation(URI manifest, Element element) throws IOException {
    Element template = template(element);
    double timescale = number(template, "timescale", 1);
    double offset = number(template, "presentationTimeOffset", 0);
    long number = number(template, "startNumber", 1);
    List<Segment> segments = new ArrayList<>();
    for (Stretch stretch : stretches(template, timescale)) {
      segments.add(
          new Segment(
              fill(manifest, template.getAttribute("media"), element, number++),
              (stretch.start - offset) / timescale,
              (stretch.end - offset) / timescale));
    }
    return new Representation(
        element.getAttribute("id"),
        number(element, "bandwidth", 0),
        fill(manifest, template.getAttribute("initialization"), element, 0),
        segments);
  }

  private static Element template(Element representation) throws IOException {
    for (Element scope : List.of(representation, (Element) representation.getParentNode())) {
      for (Element template : elements(scope, "SegmentTemplate")) {
        if (template.getParentNode() == scope) {
          return template;
        }
      }
    }
    throw new IOException(
        "representation " + representation.getAttribute("id") + " has no SegmentTemplate");
  }

  private static List<Stretch> stretches(Element template, double timescale) {
    List<Element> runs = elements(template, "S");
    return runs.isEmpty() ? byDuration(template, timescale) : byTimeline(runs);
  }

  private static List<Stretch> byTimeline(List<Element> runs) {
    List<Stretch> stretches = new ArrayList<>();
    long at = 0;
    for (Element run : runs) {
      at = number(run, "t", at);
      long length = number(run, "d", 0);
      for (long i = 0; i <= number(run, "r", 0); i++) {
        stretches.add(new Stretch(at, at + length));
        at += length;
      }
    }
    return stretches;
  }

  private static List<Stretch> byDuration(Element template, double timescale) {
    String total =
        template.getOwnerDocument().getDocumentElement().getAttribute("mediaPresentationDuration");
    double ticks = Duration.parse(total).toNanos() / 1e9 * timescale;
    long length = number(template, "duration", 1);
    List<Stretch> stretches = new ArrayList<>();
    for (long at = 0; at < ticks - 1e-6 * length; at += length) {
      stretches.add(new Stretch(at, (long) Math.min(at + length, ticks)));
    }
    return stretches;
  }

  private static URI fill(URI manifest, String pattern, Element representation, long number) {
    return manifest.resolve(
        pattern
            .replace("$RepresentationID$", representation.getAttribute("id"))
            .replace("$Bandwidth$", representation.getAttribute("bandwidth"))
            .replace("$Number$", Long.toString(number)));
  }

  private static long number(Element element, String attribute, long otherwise) {
    String text = element.getAttribute(attribute);
    return text.isEmpty() ? otherwise : Long.parseLong(text);
  }

  private static List<Element> elements(Document document, String name) {
    return elements(document.getDocumentElement(), name);
  }

  private static List<Element> elements(Element scope, String name) {
    NodeList found = scope.getElementsByTagNameNS(DASH, name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static Document document(byte[] xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("the MPD is not well-formed: " + e.getMessage(), e);
    }
  }
}
