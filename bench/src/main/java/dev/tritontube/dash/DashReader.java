package dev.tritontube.dash;

import dev.tritontube.dash.DashManifest.AdaptationSet;
import dev.tritontube.dash.DashManifest.Announced;
import dev.tritontube.dash.DashManifest.ImageSet;
import dev.tritontube.dash.DashManifest.Representation;
import dev.tritontube.dash.DashManifest.Text;
import dev.tritontube.manifests.presentation.Rational;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads an MPD that keeps to the schema: one SegmentTemplate, with a SegmentTimeline or a
/// duration, for each adaptation set, addresses by number (ISO/IEC 23009-1, 5.3.9); of words, one
/// file for each.
public final class DashReader {
  private static final String NAMESPACE = "urn:mpeg:dash:schema:mpd:2011";

  private static final Set<String> TILES =
      Set.of("http://dashif.org/guidelines/thumbnail_tile", "http://dashif.org/thumbnail_tile");

  private final URI manifest;

  private DashReader(URI manifest) {
    this.manifest = manifest;
  }

  /// @param manifest the address that it came from
  /// @throws IOException when it is no such MPD
  public static DashManifest read(URI manifest, byte[] xml) throws IOException {
    try {
      return new DashReader(manifest).document(root(xml));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new IOException("an attribute makes no sense: " + e.getMessage(), e);
    }
  }

  private static Element root(byte[] xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("not well-formed: " + e.getMessage(), e);
    }
  }

  private DashManifest document(Element mpd) throws IOException {
    double length = seconds(mpd, "mediaPresentationDuration");
    List<AdaptationSet> sets = new ArrayList<>();
    List<Text> texts = new ArrayList<>();
    List<ImageSet> images = new ArrayList<>();
    for (Element set : children(one(mpd, "Period"), "AdaptationSet")) {
      if (set.getAttribute("contentType").equals("text")) {
        texts.add(text(set));
      } else if (set.getAttribute("contentType").equals("image")) {
        images.add(images(set, length));
      } else {
        sets.add(set(set, length));
      }
    }
    return new DashManifest(
        length,
        seconds(mpd, "minBufferTime"),
        seconds(mpd, "maxSegmentDuration"),
        sets,
        texts,
        images);
  }

  private Text text(Element set) throws IOException {
    Element file = one(one(set, "Representation"), "BaseURL");
    return new Text(
        name(set),
        set.getAttribute("mimeType"),
        set.getAttribute("lang"),
        children(set, "Role").stream().map(role -> role.getAttribute("value")).toList(),
        manifest.resolve(file.getTextContent().strip()));
  }

  private static String name(Element set) {
    return "AdaptationSet " + set.getAttribute("id");
  }

  private ImageSet images(Element set, double length) throws IOException {
    Element template = one(set, "SegmentTemplate");
    Element representation = one(set, "Representation");
    long first = number(template, "startNumber", 1);
    String media = template.getAttribute("media");
    return new ImageSet(
        representation.getAttribute("id"),
        (int) number(representation, "width", 0),
        (int) number(representation, "height", 0),
        children(representation, "EssentialProperty").stream()
            .filter(property -> TILES.contains(property.getAttribute("schemeIdUri")))
            .map(property -> property.getAttribute("value"))
            .findFirst()
            .orElse(""),
        (double) number(template, "duration", 0) / timescale(template),
        LongStream.range(first, first + byDuration(template, length).size())
            .mapToObj(number -> address(media, representation, number))
            .toList());
  }

  private AdaptationSet set(Element set, double length) throws IOException {
    Element template = one(set, "SegmentTemplate");
    List<String> gaps = new ArrayList<>();
    List<Announced> announced = announced(template, length, gaps);
    List<Representation> representations = new ArrayList<>();
    for (Element representation : children(set, "Representation")) {
      representations.add(representation(representation, template, announced.size()));
    }
    return new AdaptationSet(
        name(set),
        set.getAttribute("contentType"),
        timescale(template),
        offset(template),
        (int) number(set, "startWithSAP", 0),
        announced,
        gaps,
        representations);
  }

  private static List<Announced> announced(Element template, double length, List<String> gaps)
      throws IOException {
    List<Announced> announced =
        children(template, "SegmentTimeline").isEmpty()
            ? byDuration(template, length)
            : byTimeline(template, gaps);
    if (announced.isEmpty()) {
      throw new IOException("a template without segments");
    }
    return announced;
  }

  private static List<Announced> byTimeline(Element template, List<String> gaps)
      throws IOException {
    List<Announced> announced = new ArrayList<>();
    long time = offset(template);
    for (Element run : children(one(template, "SegmentTimeline"), "S")) {
      long start = number(run, "t", announced.isEmpty() ? 0 : time);
      if (start != time) {
        gaps.add("t=%d where %d is".formatted(start, time));
      }
      time = start;
      long duration = number(run, "d", 0);
      for (long i = 0; i <= number(run, "r", 0); i++) {
        announced.add(new Announced(time, duration));
        time += duration;
      }
    }
    return announced;
  }

  /// Equally long ones, the last as long as is left.
  private static List<Announced> byDuration(Element template, double length) throws IOException {
    long duration = number(template, "duration", 0);
    if (duration < 1) {
      throw new IOException("a template with neither a SegmentTimeline nor a duration");
    }
    long ticks = Math.round(length * timescale(template));
    List<Announced> announced = new ArrayList<>();
    for (long at = 0; at < ticks; at += duration) {
      announced.add(new Announced(offset(template) + at, Math.min(duration, ticks - at)));
    }
    return announced;
  }

  private static long timescale(Element template) {
    return number(template, "timescale", 1);
  }

  private static long offset(Element template) {
    return number(template, "presentationTimeOffset", 0);
  }

  private Representation representation(Element element, Element template, int count)
      throws IOException {
    String id = element.getAttribute("id");
    if (!children(element, "SegmentTemplate").isEmpty()) {
      throw new IOException("representation " + id + " has a SegmentTemplate of its own");
    }
    long first = number(template, "startNumber", 1);
    String media = template.getAttribute("media");
    return new Representation(
        id,
        element.getAttribute("codecs"),
        number(element, "bandwidth", 0),
        (int) number(element, "width", 0),
        (int) number(element, "height", 0),
        rate(element),
        children(element, "AudioChannelConfiguration").stream()
            .map(channels -> channels.getAttribute("value"))
            .findFirst()
            .orElse(""),
        address(template.getAttribute("initialization"), element, 0),
        LongStream.range(first, first + count).mapToObj(n -> address(media, element, n)).toList());
  }

  private static @Nullable Rational rate(Element representation) {
    String rate =
        representation.getAttribute("frameRate") + representation.getAttribute("audioSamplingRate");
    if (rate.isEmpty()) {
      return null;
    }
    String[] parts = rate.split("/", 2);
    return new Rational(Long.parseLong(parts[0]), parts.length == 1 ? 1 : Long.parseLong(parts[1]));
  }

  private URI address(String pattern, Element representation, long number) {
    return manifest.resolve(
        pattern
            .replace("$RepresentationID$", representation.getAttribute("id"))
            .replace("$Bandwidth$", representation.getAttribute("bandwidth"))
            .replace("$Number$", Long.toString(number)));
  }

  private static double seconds(Element element, String attribute) {
    return Duration.parse(element.getAttribute(attribute)).toNanos() / 1e9;
  }

  private static long number(Element element, String attribute, long missing) {
    return element.hasAttribute(attribute)
        ? Long.parseLong(element.getAttribute(attribute))
        : missing;
  }

  private static Element one(Element parent, String name) throws IOException {
    List<Element> found = children(parent, name);
    if (found.size() != 1) {
      throw new IOException(
          "%s has %d %s instead of one".formatted(parent.getLocalName(), found.size(), name));
    }
    return found.getFirst();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element
          && name.equals(element.getLocalName())
          && NAMESPACE.equals(element.getNamespaceURI())) {
        children.add(element);
      }
    }
    return children;
  }
}
