package dev.tritontube.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.local.DashManifest.Representation;
import dev.tritontube.local.DashManifest.Segment;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashManifestTest {
  private static final URI ADDRESS = URI.create("http://host/v/manifest.mpd");

  private static DashManifest parse(String template) throws IOException {
    String xml =
        """
        <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" mediaPresentationDuration="PT5S"><Period>
        <AdaptationSet contentType="video">%s
        <Representation id="a" bandwidth="1000"/><Representation id="b" bandwidth="2000"/>
        </AdaptationSet></Period></MPD>
        """
            .formatted(template);
    return DashManifest.parse(ADDRESS, xml.getBytes(UTF_8));
  }

  @Test
  void readsUnequalSegmentsOfATimeline() throws Exception {
    DashManifest manifest =
        parse(
            """
            <SegmentTemplate timescale="10" startNumber="0" presentationTimeOffset="5"
              initialization="$RepresentationID$/i" media="$RepresentationID$/$Number$">
            <SegmentTimeline><S t="5" d="20" r="1"/><S d="10"/></SegmentTimeline></SegmentTemplate>
            """);

    Representation second = manifest.tracks().getFirst().representations().getLast();
    assertEquals(2000, second.bandwidth());
    assertEquals(
        List.of(
            new Segment(URI.create("http://host/v/b/0"), 0, 2),
            new Segment(URI.create("http://host/v/b/1"), 2, 4),
            new Segment(URI.create("http://host/v/b/2"), 4, 5)),
        second.segments());
    assertEquals(8, manifest.addresses().size());
  }

  @Test
  void countsSegmentsOfOneLengthByTheLengthOfAll() throws Exception {
    DashManifest manifest =
        parse(
            "<SegmentTemplate timescale='10' duration='20' initialization='i' media='$Number$'/>");

    List<Segment> segments = manifest.tracks().getFirst().representations().getFirst().segments();
    assertEquals(
        List.of(
            new Segment(URI.create("http://host/v/1"), 0, 2),
            new Segment(URI.create("http://host/v/2"), 2, 4),
            new Segment(URI.create("http://host/v/3"), 4, 5)),
        segments);
  }

  @Test
  void refusesWhatIsNoManifest() {
    assertThrows(IOException.class, () -> DashManifest.parse(ADDRESS, "nothing".getBytes(UTF_8)));
    assertThrows(IOException.class, () -> parse(""));
  }
}
