package dev.tritontube.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// Walks through both manifests of a video as a player that wants everything would. Knows nothing
/// of how the server makes them, only DASH (SegmentTemplate with SegmentTimeline or duration,
/// `$Number$`) and HLS.
public final class PlaybackCheck {
  private static final Pattern QUOTED_URI = Pattern.compile("URI=\"([^\"]+)\"");
  private static final String DASH = "urn:mpeg:dash:schema:mpd:2011";

  private final RestClient rest;

  public PlaybackCheck(RestClient rest) {
    this.rest = rest;
  }

  /// Everything that a DASH player can ask for: initialization and media segments of every
  /// representation, in order.
  public Set<URI> dashSegments(URI manifest) throws IOException {
    Document document = parse(rest.bytes(manifest));
    Set<URI> segments = new LinkedHashSet<>();
    for (Element representation : elements(document, "Representation")) {
      addSegments(manifest, representation, segments);
    }
    return segments;
  }

  private static void addSegments(URI manifest, Element representation, Set<URI> segments)
      throws IOException {
    Element template = template(representation);
    segments.add(fill(manifest, template.getAttribute("initialization"), representation, 0));
    long first =
        template.hasAttribute("startNumber")
            ? Long.parseLong(template.getAttribute("startNumber"))
            : 1;
    for (long number = first; number < first + count(template); number++) {
      segments.add(fill(manifest, template.getAttribute("media"), representation, number));
    }
  }

  private static Element template(Element representation) throws IOException {
    for (Element scope : List.of(representation, (Element) representation.getParentNode())) {
      NodeList templates = scope.getElementsByTagNameNS(DASH, "SegmentTemplate");
      for (int i = 0; i < templates.getLength(); i++) {
        if (templates.item(i).getParentNode() == scope) {
          return (Element) templates.item(i);
        }
      }
    }
    throw new IOException(
        "representation " + representation.getAttribute("id") + " has no SegmentTemplate");
  }

  private static long count(Element template) {
    long count = 0;
    NodeList runs = template.getElementsByTagNameNS(DASH, "S");
    for (int i = 0; i < runs.getLength(); i++) {
      String repeats = ((Element) runs.item(i)).getAttribute("r");
      count += 1 + (repeats.isEmpty() ? 0 : Long.parseLong(repeats));
    }
    return runs.getLength() > 0 ? count : countByDuration(template);
  }

  private static long countByDuration(Element template) {
    String total =
        template.getOwnerDocument().getDocumentElement().getAttribute("mediaPresentationDuration");
    double seconds = java.time.Duration.parse(total).toNanos() / 1e9;
    double segment =
        Double.parseDouble(template.getAttribute("duration"))
            / Double.parseDouble(template.getAttribute("timescale"));
    return (long) Math.ceil(seconds / segment - 1e-6);
  }

  private static URI fill(URI manifest, String pattern, Element representation, long number) {
    return manifest.resolve(
        pattern
            .replace("$RepresentationID$", representation.getAttribute("id"))
            .replace("$Bandwidth$", representation.getAttribute("bandwidth"))
            .replace("$Number$", Long.toString(number)));
  }

  /// Everything that an HLS player can ask for below a multivariant playlist.
  public Set<URI> hlsSegments(URI master) throws IOException {
    Set<URI> segments = new LinkedHashSet<>();
    for (URI playlist : references(master)) {
      segments.addAll(references(playlist));
    }
    return segments;
  }

  /// The addresses in a playlist, those in attributes included.
  public List<URI> references(URI playlist) throws IOException {
    String text = new String(rest.bytes(playlist), StandardCharsets.UTF_8);
    if (!text.startsWith("#EXTM3U\n")) {
      throw new IOException(playlist + " is no playlist");
    }
    List<URI> references = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher attribute = QUOTED_URI.matcher(line);
      if (line.startsWith("#") && attribute.find()) {
        references.add(playlist.resolve(attribute.group(1)));
      } else if (!line.startsWith("#") && !line.isBlank()) {
        references.add(playlist.resolve(line));
      }
    }
    return references;
  }

  /// Fetches every address.
  ///
  /// @return the number of bytes
  public long fetchAll(Set<URI> addresses) throws IOException {
    long bytes = 0;
    for (URI address : addresses) {
      int length = rest.bytes(address).length;
      if (length == 0) {
        throw new IOException(address + " is empty");
      }
      bytes += length;
    }
    return bytes;
  }

  private static List<Element> elements(Document document, String name) {
    NodeList found = document.getElementsByTagNameNS(DASH, name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static Document parse(byte[] xml) throws IOException {
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
