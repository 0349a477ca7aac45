package dev.tritontube.dash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tritontube.dash.DashManifest.AdaptationSet;
import dev.tritontube.dash.DashManifest.Announced;
import dev.tritontube.dash.DashManifest.Representation;
import dev.tritontube.dash.DashManifest.Segment;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashManifestTest {
  private static final URI ADDRESS = URI.create("http://host/v/manifest.mpd");

  private static DashManifest read(String template, String own) throws IOException {
    String xml =
        """
        <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" mediaPresentationDuration="PT5S"
          minBufferTime="PT2S" maxSegmentDuration="PT2S"><Period>
        <AdaptationSet contentType="video">%s
        <Representation id="a" bandwidth="1000">%s</Representation>
        <Representation id="b" bandwidth="2000"/>
        </AdaptationSet></Period></MPD>
        """
            .formatted(template, own);
    return DashReader.read(ADDRESS, xml.getBytes(UTF_8));
  }

  @Test
  void readsUnequalSegmentsOfATimeline() throws Exception {
    DashManifest manifest =
        read(
            """
            <SegmentTemplate timescale="10" startNumber="0" presentationTimeOffset="5"
              initialization="$RepresentationID$/i" media="$RepresentationID$/$Number$">
            <SegmentTimeline><S t="5" d="20" r="1"/><S d="10"/></SegmentTimeline></SegmentTemplate>
            """,
            "");

    AdaptationSet set = manifest.sets().getFirst();
    Representation second = set.representations().getLast();
    assertEquals(2000, second.bandwidth());
    assertEquals(List.of(), set.gaps());
    assertEquals(
        List.of(
            new Segment(URI.create("http://host/v/b/0"), 0, 2),
            new Segment(URI.create("http://host/v/b/1"), 2, 4),
            new Segment(URI.create("http://host/v/b/2"), 4, 5)),
        set.segments(second));
    assertEquals(8, manifest.addresses().size());
  }

  @Test
  void countsSegmentsOfOneLengthByTheLengthOfAll() throws Exception {
    DashManifest manifest =
        read(
            """
            <SegmentTemplate timescale="10" duration="20" presentationTimeOffset="7"
              initialization="$Bandwidth$/i" media="$Bandwidth$/$Number$"/>
            """,
            "");

    AdaptationSet set = manifest.sets().getFirst();
    assertEquals(
        List.of(new Announced(7, 20), new Announced(27, 20), new Announced(47, 10)),
        set.announced());
    assertEquals(
        List.of(
            new Segment(URI.create("http://host/v/1000/1"), 0, 2),
            new Segment(URI.create("http://host/v/1000/2"), 2, 4),
            new Segment(URI.create("http://host/v/1000/3"), 4, 5)),
        set.segments(set.representations().getFirst()));
  }

  @Test
  void startsATimelineWithoutATimeAtZero() throws Exception {
    DashManifest manifest =
        read(
            """
            <SegmentTemplate presentationTimeOffset="5" initialization="i" media="$Number$">
            <SegmentTimeline><S d="5"/></SegmentTimeline></SegmentTemplate>
            """,
            "");

    AdaptationSet set = manifest.sets().getFirst();
    assertEquals(List.of(new Announced(0, 5)), set.announced());
    assertEquals(List.of("t=0 where 5 is"), set.gaps());
  }

  @Test
  void refusesWhatIsNoManifest() {
    String template = "<SegmentTemplate duration='2' initialization='i' media='$Number$'/>";

    assertThrows(IOException.class, () -> DashReader.read(ADDRESS, "nothing".getBytes(UTF_8)));
    assertThrows(IOException.class, () -> read("", ""));
    assertThrows(IOException.class, () -> read("", template));
    assertThrows(IOException.class, () -> read(template, template));
    assertThrows(IOException.class, () -> read("<SegmentTemplate media='$Number$'/>", ""));
  }
}
